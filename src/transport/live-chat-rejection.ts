import type { ErrorCode } from '../core/errors.ts';
import type { AgentEventBody } from '../core/events.ts';
import type { ChatRequestFailReason } from '../protocol/live-chat.ts';
import { type Fields, textOf } from './live-chat-fields.ts';
import { type Decoded, decoded, type LiveChatState } from './live-chat-state.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly words: string;
}

const MEANINGS: Readonly<Record<ChatRequestFailReason, Meaning>> = {
  Unavailable: { code: 'NO_AGENT_AVAILABLE', words: 'no agent is online with room for a chat, or all have declined' },
  Blocked: { code: 'VISITOR_BLOCKED', words: 'a rule blocks this network address' },
  NoPost: { code: 'PRE_CHAT_REJECTED', words: 'the deployment expects pre-chat values that were not sent' },
  InternalFailure: {
    code: 'SERVICE_ERROR',
    words: 'the service failed; it also answers so when organization and deployment do not belong together',
  },
};

/** Only InternalFailure says that the service is at fault. */
const OTHER: Meaning = { code: 'NO_AGENT_AVAILABLE', words: 'the service gives no known reason' };

/** The service refuses the chat, or gives it up after somebody had joined; then the chat has also ended. */
export function rejected(state: LiveChatState, body: Fields): Decoded {
  const word = textOf(body.reason);
  const { code, words } = meaningOf(word);
  const events: AgentEventBody[] = [
    { type: 'rejected', reason: word === undefined ? words : `${word}: ${words}`, code },
  ];
  if (state.joins > 0) {
    events.push({ type: 'session', state: 'ended' }, { type: 'ended', by: 'system', ...(word && { reason: word }) });
  }
  return decoded({ ...state, phase: 'over', failure: word ?? 'unknown' }, events);
}

function meaningOf(word: string | undefined): Meaning {
  return word !== undefined && Object.hasOwn(MEANINGS, word) ? MEANINGS[word as ChatRequestFailReason] : OTHER;
}
