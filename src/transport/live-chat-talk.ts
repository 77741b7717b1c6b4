import type { AgentEventBody, MessageEvent, MessageOption, Participant } from '../core/events.ts';
import { type Fields, fieldsOf, listOf, textOf } from './live-chat-fields.ts';
import { speaker } from './live-chat-people.ts';
import { type Decoded, decoded, type LiveChatState } from './live-chat-state.ts';
import { plainText } from './live-chat-text.ts';

type Content = Pick<MessageEvent, 'text' | 'format' | 'options'>;

const MOST_MENUS = 20;

export function message(state: LiveChatState, body: Fields): Decoded | undefined {
  if (typeof body.text !== 'string') return undefined;
  const repeated = state.recovered.indexOf(body.text);
  if (repeated >= 0) return decoded({ ...state, recovered: state.recovered.toSpliced(repeated, 1) }, []);
  const next = { ...state, heard: [...state.heard, body.text] };
  return say(next, speaker(state, body), { text: plainText(body.text), format: 'text' });
}

export function typing(state: LiveChatState, body: Fields): Decoded {
  const participant = speaker(state, body);
  return decoded({ ...state, typing: participant }, [{ type: 'typing', participant, active: true }]);
}

export function notTyping(state: LiveChatState, body: Fields): Decoded {
  return decoded({ ...state, typing: undefined }, [
    { type: 'typing', participant: speaker(state, body), active: false },
  ]);
}

/** Buttons or a menu of a bot. What goes back to the service is the index, so that is the option's id. */
export function richMessage(state: LiveChatState, body: Fields): Decoded | undefined {
  const options = listOf(body.items).flatMap(option);
  const header = textOf(body.header) ?? textOf(body.text);
  if (options.length === 0 && header === undefined) return undefined;
  const lines = options.map((item, index) => `${index + 1}. ${item.title}`);
  const text = header === undefined ? lines : [plainText(header), ...lines];
  const said = say(state, speaker(state, body), { text: text.join('\n'), format: 'choices', options });
  return { ...said, state: withMenu(said.state, textOf(body.type) ?? 'ChatWindowButton') };
}

function withMenu(state: LiveChatState, wireType: string): LiveChatState {
  const menus = [...state.menus, [messageId(state.messageCount), wireType] as const].slice(-MOST_MENUS);
  return { ...state, menus: new Map(menus) };
}

function option(item: unknown, index: number): MessageOption[] {
  const title = textOf(fieldsOf(item).text) ?? textOf(item);
  return title === undefined ? [] : [{ id: String(index), title: plainText(title) }];
}

/** A request for a file is a message; its token is a secret and stays out of every event, as it does in the other states. */
export function fileTransfer(state: LiveChatState, body: Fields): Decoded {
  const { fileToken, ...shown } = body;
  const token = textOf(fileToken);
  const secrets = token === undefined ? [] : [token];
  if (body.type !== 'Requested') {
    const outcome = textOf(body.type);
    const next = outcome === undefined ? state : { ...state, file: { request: undefined, outcome } };
    return { ...decoded(next, [{ type: 'unknown', wireType: 'FileTransfer', raw: shown }]), secrets };
  }
  const url = textOf(body.uploadServletUrl);
  const request = url === undefined || token === undefined ? undefined : { url, token };
  const asked = { ...state, file: { request, outcome: undefined } };
  const content: Content = { text: 'The agent asks for a file', format: 'file-request' };
  return { ...say(asked, speaker(state, body), content), secrets };
}

/** The transcript after a reconnect: only what agents said and we have not heard is news. */
export function sessionData(state: LiveChatState, body: Fields): Decoded {
  const unmatched = [...state.heard];
  const said = listOf(body.chatMessages).map(fieldsOf);
  const echoed = said.flatMap(({ type, content }) => (type === 'Chasitor' ? (textOf(content) ?? []) : []));
  let current: LiveChatState = { ...state, echoed: echoed.map(plainText) };
  const events: AgentEventBody[] = [];
  const recovered: string[] = [];
  for (const entry of said) {
    if (entry.type !== 'Agent' || typeof entry.content !== 'string') continue;
    const known = unmatched.indexOf(entry.content);
    if (known >= 0) {
      unmatched.splice(known, 1);
      continue;
    }
    const missed = message(current, { name: entry.name, text: entry.content });
    if (missed === undefined) continue;
    current = missed.state;
    recovered.push(entry.content);
    events.push(...missed.events);
  }
  return decoded({ ...current, recovered }, events);
}

function messageId(count: number): string {
  return `message-${count}`;
}

/** A message, and before it the end of the typing that it implies. The wire has no message ids, so they are counted. */
function say(state: LiveChatState, from: Participant, content: Content): Decoded {
  const messageCount = state.messageCount + 1;
  const events: AgentEventBody[] = [{ type: 'message', id: messageId(messageCount), from, ...content }];
  if (state.typing !== undefined) events.unshift({ type: 'typing', participant: state.typing, active: false });
  return decoded({ ...state, typing: undefined, messageCount }, events);
}
