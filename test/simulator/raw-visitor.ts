import type { Simulator } from '../../src/simulator/model.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; throws where it is no JSON. */
  json(): Record<string, unknown>;
}

/** A client that knows nothing but HTTP. */
export interface RawVisitor {
  readonly token: string;
  readonly lastEventId: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<RawAnswer>;
  create(more?: Record<string, unknown>): Promise<string>;
  say(conversationId: string, text: string, more?: Record<string, unknown>): Promise<{ id: string; answer: RawAnswer }>;
  stream(headers?: Record<string, string>): Promise<RawStream>;
}

export const API = '/iamessage/api/v2';
export const GUEST_TOKEN = `${API}/authorization/unauthenticated/access-token`;
export const STREAM = '/eventrouter/v1/sse';

export async function call(
  simulator: Simulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${simulator.urls.miaw}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...init,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

export function tokenBody(simulator: Simulator, more: Record<string, unknown> = {}): Record<string, unknown> {
  const { orgId, developerName } = simulator.values.miaw;
  return { orgId, esDeveloperName: developerName, capabilitiesVersion: '1', platform: 'Web', ...more };
}

export async function visit(simulator: Simulator, more: Record<string, unknown> = {}): Promise<RawVisitor> {
  const minted = await call(simulator, 'POST', GUEST_TOKEN, tokenBody(simulator, more));
  if (minted.status !== 200) throw new Error(`no token: ${minted.status} ${minted.text}`);
  const { accessToken, lastEventId } = minted.json();
  return visitorWith(simulator, String(accessToken), String(lastEventId));
}

export function visitorWith(simulator: Simulator, token: string, lastEventId = ''): RawVisitor {
  const authorization = `Bearer ${token}`;
  const { orgId, developerName: esDeveloperName } = simulator.values.miaw;
  const request: RawVisitor['request'] = (method, path, body, headers) =>
    call(simulator, method, path, body, { authorization, ...headers });
  return {
    token,
    lastEventId,
    request,
    async create(more) {
      const conversationId = crypto.randomUUID();
      const answer = await request('POST', `${API}/conversation`, { conversationId, esDeveloperName, ...more });
      if (answer.status !== 201) throw new Error(`not created: ${answer.status} ${answer.text}`);
      return conversationId;
    },
    async say(conversationId, text, more) {
      const id = crypto.randomUUID();
      const staticContent = { formatType: 'Text', text };
      const message = { id, messageType: 'StaticContentMessage', staticContent };
      const body = { message, esDeveloperName, ...more };
      return { id, answer: await request('POST', `${API}/conversation/${conversationId}/message`, body) };
    },
    stream: (headers = { 'last-event-id': lastEventId }) =>
      openRawStream(simulator, { authorization, 'x-org-id': orgId, ...headers }),
  };
}

export interface Frame {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

export interface RawStream extends AsyncDisposable {
  readonly status: number;
  readonly headers: Headers;
  /** Every frame read so far. */
  readonly frames: readonly Frame[];
  /** Reads on until a frame fits; throws when the stream ends or breaks before. */
  until(fits: string | ((frame: Frame) => boolean)): Promise<Frame>;
  /** Reads to the end, and resolves with how it came. */
  ended(): Promise<'ended' | 'broken'>;
  text(): Promise<string>;
}

async function openRawStream(simulator: Simulator, headers: Record<string, string>): Promise<RawStream> {
  const leaving = new AbortController();
  const response = await fetch(`${simulator.urls.miaw}${STREAM}`, { headers, signal: leaving.signal });
  const frames: Frame[] = [];
  const reader = framesOf(response);
  let seen = 0;

  async function read(): Promise<boolean> {
    const { value, done } = await reader.next();
    if (value) frames.push(value);
    return !done;
  }

  return {
    status: response.status,
    headers: response.headers,
    frames,
    async until(fits) {
      const isFit = typeof fits === 'string' ? ({ event }: Frame) => event === fits : fits;
      for (;;) {
        const frame = frames[seen];
        if (frame === undefined) {
          if (!(await read())) throw new Error(`the stream ended after ${frames.length} frames`);
          continue;
        }
        seen += 1;
        if (isFit(frame)) return frame;
      }
    },
    async ended() {
      try {
        while (await read());
        return 'ended';
      } catch {
        return 'broken';
      }
    },
    text: () => response.text(),
    async [Symbol.asyncDispose]() {
      leaving.abort();
    },
  };
}

async function* framesOf(response: Response): AsyncGenerator<Frame> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of response.body ?? []) {
    pending += decoder.decode(chunk, { stream: true });
    const blocks = pending.split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) yield frameOf(block);
  }
  if (pending !== '') yield frameOf(pending);
}

function frameOf(block: string): Frame {
  const fields = new Map(block.split('\n').map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 2)]));
  return { id: fields.get('id'), event: fields.get('event') ?? 'message', data: fields.get('data') ?? block };
}

interface Entry {
  readonly identifier: string;
  readonly entryType: string;
  readonly entryPayload: unknown;
  readonly senderDisplayName: string;
  readonly relatedRecords: readonly string[];
  readonly sender: { readonly role: string; readonly subject: string };
}

/** The entry of an event frame. */
export function entryOf(frame: Frame): Entry {
  return JSON.parse(frame.data).conversationEntry;
}

/** The payload of an event frame, parsed a second time. */
export function payloadOf(frame: Frame) {
  return JSON.parse(String(entryOf(frame).entryPayload));
}

/** Text and sender of the message in a frame. */
export function messageOf(frame: Frame): { readonly text: string; readonly from: string } {
  const { staticContent, choices, form } = payloadOf(frame).abstractMessage;
  const text = staticContent?.text ?? choices?.text ?? form?.formTitle?.title ?? '';
  return { text, from: entryOf(frame).senderDisplayName };
}
