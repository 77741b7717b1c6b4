import { expect, test } from 'vitest';
import type { Simulator } from '../../src/simulator/model.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { API, call, payloadOf, type RawVisitor, visit } from './raw-visitor.ts';
import { differences, fixtureFrame } from './shape.ts';

interface Entry {
  readonly identifier: string;
  readonly entryType: string;
  readonly entryPayload: Record<string, unknown> | string;
  readonly transcriptedTimestamp: number;
}

const messages = { scenario: 'never-routed' } as const;

async function sayAll(simulator: Simulator, count: number) {
  const visitor = await visit(simulator);
  const id = await visitor.create();
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push((await visitor.say(id, `message ${index}`)).id);
  const entries = async (query = '') =>
    (await visitor.request('GET', `${API}/conversation/${id}/entries${query}`)).json()
      .conversationEntries as readonly Entry[];
  return { visitor, id, ids, entries };
}

test('a sent message is in the history at once, as an object like on the stream', async () => {
  await using simulator = await startSimulator(messages);
  const { entries, ids } = await sayAll(simulator, 1);
  const [entry] = await entries();
  const expected = fixtureFrame('message-own-echo.sse').envelope as { conversationEntry: unknown };
  expect(entry?.identifier).toBe(ids[0]);
  expect(differences(entry, expected.conversationEntry)).toEqual([]);
});

test('the newest entries come first, twenty of them', async () => {
  await using simulator = await startSimulator(messages);
  const { entries, ids } = await sayAll(simulator, 22);
  expect((await entries()).map(({ identifier }) => identifier)).toEqual(ids.slice(-20).reverse());
});

test('the history can be read from its start, in pages', async () => {
  await using simulator = await startSimulator(messages);
  const { entries, ids } = await sayAll(simulator, 5);
  const first = await entries('?direction=FromStart&limit=2');
  const next = await entries(`?direction=FromStart&startTimestamp=${(first[1]?.transcriptedTimestamp ?? 0) + 1}`);
  expect([...first, ...next].map(({ identifier }) => identifier)).toEqual(ids);
});

test.each([
  ['?limit=1000', 5],
  ['?limit=0', 1],
  ['?limit=many', 5],
  ['?endTimestamp=1', 0],
  ['?startTimestamp=abc', 5],
])('the query %s shows %i entries', async (query, count) => {
  await using simulator = await startSimulator(messages);
  const { entries } = await sayAll(simulator, 5);
  expect(await entries(query)).toHaveLength(count);
});

test('the history is filtered by types', async () => {
  await using simulator = await startSimulator({ pace: 0 });
  const { visitor, entries } = await sayAll(simulator, 0);
  await using stream = await visitor.stream();
  await stream.until('CONVERSATION_PARTICIPANT_CHANGED');
  const filtered = await entries('?entryTypeFilter=ParticipantChanged,RoutingResult');
  expect(filtered.map(({ entryType }) => entryType)).toEqual(['ParticipantChanged', 'RoutingResult']);
});

test('what is of the moment is no history', async () => {
  await using simulator = await startSimulator({ scenario: 'visitor-ends', pace: 0 });
  const { visitor, entries } = await sayAll(simulator, 1);
  await using stream = await visitor.stream();
  await stream.until('CONVERSATION_TYPING_STOPPED_INDICATOR');
  const types = new Set((await entries('?limit=50')).map(({ entryType }) => entryType));
  expect(types).toEqual(
    new Set(['Message', 'ParticipantChanged', 'RoutingResult', 'RoutingWorkResult', 'SessionStatusChanged']),
  );
});

test('payloads are strings under the fault entries-string', async () => {
  await using simulator = await startSimulator({ ...messages, faults: ['entries-string'] });
  const { entries } = await sayAll(simulator, 1);
  expect((await entries())[0]?.entryPayload).toBeTypeOf('string');
});

test('the transcript is a PDF whose table of objects is right', async () => {
  await using simulator = await startSimulator(messages);
  const { visitor, id } = await sayAll(simulator, 3);
  const response = await fetch(`${simulator.urls.miaw}${API}/conversation/${id}/transcript?esDeveloperName=Acme_Bot`, {
    headers: { authorization: `Bearer ${visitor.token}` },
  });
  const pdf = Buffer.from(await response.arrayBuffer()).toString('latin1');
  const table = Number(/startxref\n(\d+)/.exec(pdf)?.[1]);
  const offsets = [...pdf.matchAll(/^(\d{10}) 00000 n /gm)].map(([, offset]) => Number(offset));
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.slice(table, table + 4)).toBe('xref');
  expect(offsets.map((offset) => pdf.slice(offset).split('\n')[0])).toEqual(
    offsets.map((_, index) => `${index + 1} 0 obj`),
  );
  expect(pdf).toContain('Guest: message 2');
});

test('the transcript runs over several pages and survives any letters', async () => {
  await using simulator = await startSimulator(messages);
  const { visitor, id } = await sayAll(simulator, 60);
  await visitor.say(id, '(漢) \\ end');
  const answer = await visitor.request('GET', `${API}/conversation/${id}/transcript?esDeveloperName=Acme_Bot`);
  expect(answer.text).toContain('/Count 2');
  expect(answer.text).toContain('\\(?\\) \\\\ end');
});

test.each([
  ['without a developer name', ''],
  ['of another deployment', '?esDeveloperName=Other'],
])('a transcript %s is refused', async (_case, query) => {
  await using simulator = await startSimulator(messages);
  const { visitor, id } = await sayAll(simulator, 1);
  const answer = await visitor.request('GET', `${API}/conversation/${id}/transcript${query}`);
  expect([answer.status, answer.json().message]).toEqual([400, expect.stringContaining('esDeveloperName')]);
});

async function upload(visitor: RawVisitor, simulator: Simulator, id: string, file: File, more: object = {}) {
  const message = { id: crypto.randomUUID(), fileId: crypto.randomUUID(), text: 'my receipt', ...more };
  const entry = JSON.stringify({ esDeveloperName: 'Acme_Bot', message });
  const form = new FormData();
  form.append('messageEntry', new Blob([entry], { type: 'application/json' }));
  form.append('fileData', file);
  return fetch(`${simulator.urls.miaw}${API}/conversation/${id}/file`, {
    method: 'POST',
    headers: { authorization: `Bearer ${visitor.token}` },
    body: form,
  });
}

test('an uploaded file comes back on the stream and can be fetched by anybody', async () => {
  await using simulator = await startSimulator(messages);
  const { visitor, id } = await sayAll(simulator, 0);
  await using stream = await visitor.stream();
  const answer = await upload(visitor, simulator, id, new File(['hello'], 'receipt.pdf'));
  const { staticContent } = payloadOf(await stream.until('CONVERSATION_MESSAGE')).abstractMessage;
  const [attachment] = staticContent.attachments;
  const file = await fetch(attachment.url);
  expect([answer.status, staticContent.text, attachment.name]).toEqual([202, 'my receipt', 'receipt.pdf']);
  expect([file.headers.get('content-type'), await file.text()]).toEqual(['application/pdf', 'hello']);
});

test.each([
  ['too large', new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'big.png'), {}, 413],
  ['of a type that is not allowed', new File(['x'], 'setup.exe'), {}, 415],
  ['without an id', new File(['x'], 'a.txt'), { id: undefined }, 400],
  ['without a file id', new File(['x'], 'a.txt'), { fileId: '' }, 400],
])('a file %s is refused', async (_case, file, more, status) => {
  await using simulator = await startSimulator(messages);
  const { visitor, id } = await sayAll(simulator, 0);
  const answer = await upload(visitor, simulator, id, file, more);
  expect([answer.status, await answer.json()]).toEqual([
    status,
    expect.objectContaining({ message: expect.any(String) }),
  ]);
});

test.each([5, 7])('a file of over %d MB is refused in the words of the service', async (megabytes) => {
  await using simulator = await startSimulator(messages);
  const { visitor, id } = await sayAll(simulator, 0);
  const big = new File([new Uint8Array(megabytes * 1024 * 1024 + 1)], 'big.png');
  const answer = await upload(visitor, simulator, id, big);
  const path = `${API}/conversation/${id}/file`;
  expect([answer.status, await answer.json()]).toEqual([
    413,
    { message: 'The file is larger than 5 MB.', code: 'PAYLOAD_TOO_LARGE', path },
  ]);
});

test('of a form the journal keeps only size and names', async () => {
  await using simulator = await startSimulator(messages);
  const { visitor, id } = await sayAll(simulator, 0);
  await upload(visitor, simulator, id, new File(['hello'], 'receipt.pdf'));
  expect(simulator.journal.at(-1)?.body).toMatch(/^multipart, \d+ bytes: messageEntry, fileData$/);
});

test('an upload that is no form is refused', async () => {
  await using simulator = await startSimulator(messages);
  const { visitor, id } = await sayAll(simulator, 0);
  expect((await visitor.request('POST', `${API}/conversation/${id}/file`, {})).status).toBe(400);
});

test('a file that does not exist is not found', async () => {
  await using simulator = await startSimulator(messages);
  expect((await call(simulator, 'GET', '/iamessage/files/none')).status).toBe(404);
});
