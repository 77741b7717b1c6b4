import { expect, test } from 'vitest';
import { requestLines, stoppedLines } from '../../src/ui/request-log.ts';

const REQUEST = { at: Date.UTC(2026, 0, 5, 9, 2, 1), method: 'POST', path: '/chat/rest/Chasitor/ChatEnd', status: 200 };

function textOf(lines: ReturnType<typeof requestLines>): readonly string[] {
  return lines.map((line) => line.map((span) => (typeof span === 'string' ? span : span.text)).join(''));
}

test('a request is one dim line', () => {
  const [line] = requestLines(REQUEST, false);
  expect(line).toEqual([
    { text: expect.stringMatching(/^\d\d:02:01 POST \/chat\/rest\/Chasitor\/ChatEnd 200$/), tone: 'dim' },
  ]);
});

test('a request that got no answer says so', () => {
  expect(textOf(requestLines({ ...REQUEST, status: 0 }, false))[0]).toMatch(/ no answer$/);
});

test('the body is shown only with verbose, line by line', () => {
  const request = { ...REQUEST, body: 'one\ntwo\u001b[2J' };
  expect(requestLines(request, false)).toHaveLength(1);
  expect(textOf(requestLines(request, true)).slice(1)).toEqual(['         one', '         two']);
});

test.each([
  [{ requests: 0, chats: 0, open: [] }, ['stopped: 0 requests, 0 chats']],
  [{ requests: 1, chats: 1, open: [] }, ['stopped: 1 request, 1 chat, closed']],
  [{ requests: 42, chats: 3, open: [] }, ['stopped: 42 requests, 3 chats, all closed']],
  [{ requests: 42, chats: 3, open: ['a', 'b'] }, ['stopped: 42 requests, 3 chats, 2 still open:', '  a', '  b']],
])('%j is summed up', (summary, lines) => {
  expect(textOf(stoppedLines(summary))).toEqual(lines);
});

test('of many open chats only some are named', () => {
  const open = Array.from({ length: 14 }, (_, index) => `chat ${index}`);
  const lines = textOf(stoppedLines({ requests: 99, chats: 14, open }));
  expect([lines.length, lines.at(-1)]).toEqual([12, '  and 4 more']);
});
