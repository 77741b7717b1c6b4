import { withDeadline } from '../core/clock.ts';
import type { MiawConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { ChatSession, TransportDeps, VisitorOptions } from '../core/session.ts';
import { type GuestToken, requestGuestToken } from './miaw-api.ts';
import { createBell } from './miaw-bell.ts';
import type { Line } from './miaw-call.ts';
import type { MiawChat } from './miaw-chat.ts';
import { closeConversation, createConversation, type Introduction, sendTyping } from './miaw-conversation.ts';
import { hangUp, sayGoodbye } from './miaw-ending.ts';
import { statusOf } from './miaw-errors.ts';
import { readMiawEvents } from './miaw-events.ts';
import { introduce } from './miaw-intro.ts';
import { choiceMessage, fileMessage, formMessage, textMessage } from './miaw-outgoing.ts';
import { publishedForm } from './miaw-published-form.ts';
import { createReceipts } from './miaw-receipts.ts';
import { sendMessage } from './miaw-send.ts';
import { createMiawState } from './miaw-state.ts';
import { openLink, type StreamLink } from './miaw-stream.ts';
import { createTokenKeeper } from './miaw-token.ts';
import { patiently } from './wait.ts';

const CLEAN_UP_MS = 5000;

/**
 * Opens a chat as a guest: token, event stream, conversation, in this order, so that nothing said can be missed.
 * Throws what `miawError` says, what `beforeOpen` throws, or a network error; nothing stays open then.
 */
export async function openMiawSession(
  config: MiawConfig,
  visitor: VisitorOptions,
  deps: TransportDeps,
): Promise<ChatSession> {
  const { signal, beforeOpen, leftover, ...powers } = deps;
  signal.throwIfAborted();
  const token = await patiently(deps, () => requestGuestToken(powers, config, signal));
  const conversationId = deps.random.uuid().toLowerCase();
  const { orgId, baseUrl, developerName } = config;
  const keep = async (accessToken: string) =>
    leftover?.keep({ channel: 'miaw', conversationId, config: { orgId, baseUrl, developerName }, accessToken });
  const renewed = (accessToken: string) => void keep(accessToken);
  const line: Line = { deps: powers, config, conversationId, token: createTokenKeeper(powers, config, token, renewed) };
  const intro = introduce(config, visitor, token.config);
  const form = publishedForm(token.config);
  if (form) await beforeOpen?.(form, intro.routingAttributes ?? {});
  const stop = new AbortController();
  const reading = AbortSignal.any([signal, stop.signal]);
  const link = await openLink(line, token.lastEventId, reading);
  try {
    await keep(line.token.current);
    await createConversation(line, intro, reading);
  } catch (error) {
    if (await withdraw(line, link, error)) await leftover?.forget();
    throw error;
  }
  return createSession(createChat({ line, link, intro, stop, reading, outer: signal, token }));
}

/**
 * Lets go of a chat that did not come about; where nobody knows whether it did, it is closed on the service's side too.
 * True where nothing is open any more.
 */
async function withdraw(line: Line, link: StreamLink, error: unknown): Promise<boolean> {
  link.current.close();
  const status = statusOf(error);
  if (status !== undefined && status < 500) return true;
  try {
    const late = () => new HandoffError('TIMED_OUT');
    await withDeadline(line.deps.clock, CLEAN_UP_MS, late, (limit) => closeConversation(line, limit, 'at-once'));
    return true;
  } catch {
    // The first error is the one to tell.
    return false;
  }
}

interface Opened extends Pick<MiawChat, 'line' | 'link' | 'stop' | 'reading' | 'outer'> {
  readonly intro: Introduction;
  readonly token: GuestToken;
}

function createChat({ token, ...opened }: Opened): MiawChat {
  return {
    ...opened,
    published: token.config,
    bell: createBell(),
    outbox: new Map(),
    receipts: createReceipts(opened.line, opened.stop.signal),
    state: createMiawState(token.subject),
    ending: undefined,
    closed: false,
    gone: false,
  };
}

function createSession(chat: MiawChat): ChatSession {
  let isRead = false;
  let hungUp: Promise<void> | undefined;
  return {
    channel: 'miaw',
    id: chat.line.conversationId,
    events() {
      if (isRead) throw new HandoffError('INTERNAL', { message: 'The events of a chat can be read once' });
      isRead = true;
      return readMiawEvents(chat);
    },
    send: (text) => sendMessage(chat, textMessage(chat, text)),
    choose: async (message, options) => sendMessage(chat, choiceMessage(chat, message, options)),
    answerForm: async (message, values) => sendMessage(chat, formMessage(chat, message, values)),
    sendFile: async (file) => sendMessage(chat, fileMessage(chat, file)),
    typing: (active) => typing(chat, active),
    end: () => sayGoodbye(chat),
    get closed() {
      return chat.closed;
    },
    routing: () => chat.state.routing,
    [Symbol.asyncDispose]() {
      hungUp ??= hangUp(chat);
      return hungUp;
    },
  };
}

/** Typing is a courtesy: a refusal does not disturb the chat. */
async function typing(chat: MiawChat, active: boolean): Promise<void> {
  try {
    await sendTyping(chat.line, active, chat.reading);
  } catch {
    chat.reading.throwIfAborted();
  }
}
