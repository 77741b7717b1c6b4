import type { LiveChatMessage, MessagesResponse } from '../../src/protocol/live-chat.ts';

/** An answer as it stood on the wire; `json` throws where the body is none. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
  json(): unknown;
}

type Headers_ = Readonly<Record<string, string>>;

/** A visitor that knows nothing but the wire: headers and bodies are what the test says. */
export interface RawVisitor {
  readonly id: string;
  readonly key: string;
  affinity: string;
  /** The headers of a request of this session. */
  headers(sequence?: number): Record<string, string>;
  post(noun: string, body: unknown, sequence?: number): Promise<RawAnswer>;
  poll(ack?: number, signal?: AbortSignal): Promise<RawAnswer>;
  /** Polls with the right ack until a message of this type has come; gives all messages on the way. */
  pollUntil(type: string): Promise<readonly LiveChatMessage[]>;
  init(overrides?: Record<string, unknown>, sequence?: number): Promise<RawAnswer>;
}

export async function raw(url: string, init: RequestInit = {}): Promise<RawAnswer> {
  const response = await fetch(url, init);
  const body = await response.text();
  return { status: response.status, body, headers: response.headers, json: () => JSON.parse(body) };
}

export const VERSION: Headers_ = { 'X-LIVEAGENT-API-VERSION': '48' };

export const INIT_BODY = {
  organizationId: '00D8Z000001kQ7P',
  deploymentId: '5728Z000000Xv2K',
  buttonId: '5738Z000000Rt9M',
  userAgent: 'ExampleClient/1.0',
  language: 'en-US',
  screenResolution: '1440x900',
  visitorName: 'Robin Example',
  prechatDetails: [],
  prechatEntities: [],
  buttonOverrides: [],
  receiveQueueUpdates: true,
  isPost: true,
};

export async function openRawVisitor(liveAgentUrl: string): Promise<RawVisitor> {
  const rest = `${liveAgentUrl}/rest`;
  const opened = await raw(`${rest}/System/SessionId`, { headers: { ...VERSION, 'X-LIVEAGENT-AFFINITY': 'null' } });
  const { id, key, affinityToken } = opened.json() as { id: string; key: string; affinityToken: string };
  let last = -1;
  const visitor: RawVisitor = {
    id,
    key,
    affinity: affinityToken,
    headers: (sequence) => ({
      ...VERSION,
      'X-LIVEAGENT-AFFINITY': visitor.affinity,
      'X-LIVEAGENT-SESSION-KEY': key,
      ...(sequence === undefined ? {} : { 'X-LIVEAGENT-SEQUENCE': String(sequence) }),
    }),
    post: (noun, body, sequence) =>
      raw(`${rest}/${noun}`, {
        method: 'POST',
        headers: { ...visitor.headers(sequence), 'Content-Type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    poll: (ack, signal) =>
      raw(`${rest}/System/Messages${ack === undefined ? '' : `?ack=${ack}`}`, {
        headers: visitor.headers(),
        ...(signal ? { signal } : {}),
      }),
    async pollUntil(type) {
      const seen: LiveChatMessage[] = [];
      while (!seen.some((message) => message.type === type)) {
        const answer = await visitor.poll(last);
        if (answer.status === 204) continue;
        if (answer.status !== 200) throw new Error(`poll answered ${answer.status} ${answer.body}`);
        const { messages, sequence } = answer.json() as MessagesResponse;
        seen.push(...messages);
        last = sequence ?? last;
      }
      return seen;
    },
    init: (overrides = {}, sequence) =>
      visitor.post('Chasitor/ChasitorInit', { ...INIT_BODY, sessionId: id, ...overrides }, sequence),
  };
  return visitor;
}
