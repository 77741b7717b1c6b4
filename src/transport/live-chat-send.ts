import { pickedOptions } from '../core/answers.ts';
import { ERRORS, HandoffError } from '../core/errors.ts';
import type { MessageEvent, MessageOption } from '../core/events.ts';
import type { ChatSession, SentMessage } from '../core/session.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import { noteActivity } from './live-chat-activity.ts';
import { isUnclear } from './live-chat-errors.ts';
import { uploadFile } from './live-chat-file.ts';
import { post } from './live-chat-lane.ts';
import type { Pump } from './live-chat-pump.ts';
import { isOver, type LiveChatRun } from './live-chat-run.ts';
import type { LiveChatState } from './live-chat-state.ts';

/** Messages that follow each other faster are answered with 200 and may get lost all the same. */
const GAP_MS = 100;

export type Sender = Pick<ChatSession, 'send' | 'choose' | 'answerForm' | 'sendFile' | 'typing'>;

interface Works {
  readonly run: LiveChatRun;
  readonly pump: Pump;
  readonly signal: AbortSignal;
  lastSend: Promise<unknown>;
  notBefore: number;
}

/** What the visitor does. Messages wait, in order, until an agent is there; typing is not worth waiting for. */
export function createSender(run: LiveChatRun, pump: Pump, signal: AbortSignal): Sender {
  const works: Works = { run, pump, signal, lastSend: Promise.resolve(), notBefore: 0 };
  return {
    send: (text) => inTurn(works, () => say(works, LIVE_CHAT_PATHS.chatMessage, { text }, text)),
    async choose(message, options) {
      const body = menuAnswer(run.state, message, options);
      return inTurn(works, () => say(works, LIVE_CHAT_PATHS.richMessage, body));
    },
    async answerForm() {
      throw new HandoffError('INVALID_ARGUMENT', { message: 'Live Chat has no forms', hint: 'answer with a message' });
    },
    sendFile: (file) => inTurn(works, () => uploadFile(run, pump, file, signal)),
    typing: (active) => typing(works, active),
  };
}

/** One after the other, when somebody is there and the one before is a moment ago. */
function inTurn(works: Works, work: () => Promise<unknown>): Promise<SentMessage> {
  const turn = works.lastSend.then(() => now(works, work));
  works.lastSend = turn.catch(() => undefined);
  return turn;
}

async function now(works: Works, work: () => Promise<unknown>): Promise<SentMessage> {
  const { run, signal } = works;
  while (!ready(run)) await next(works);
  const gapMs = Math.min(works.notBefore - run.clock.now(), GAP_MS);
  if (gapMs > 0) await run.clock.sleep(gapMs, signal);
  noteActivity(run, signal);
  try {
    await work();
  } finally {
    works.notBefore = run.clock.now() + GAP_MS;
  }
  return { id: run.random.uuid() };
}

async function say({ run, signal }: Works, path: string, body: unknown, text?: string): Promise<void> {
  try {
    await post(run, { path, body, attempts: 2, ...(text !== undefined && { text }) }, signal);
  } catch (error) {
    if (!isUnclear(error)) throw error;
    const message = `${ERRORS.MESSAGE_NOT_CONFIRMED.message}: ${error.message}`;
    throw new HandoffError('MESSAGE_NOT_CONFIRMED', { message, cause: error });
  }
}

/** The waiting sender drives the chat on as well, for its caller may be the one who would have read. */
async function next({ run, pump, signal }: Works): Promise<void> {
  signal.throwIfAborted();
  if (run.failure !== undefined) throw run.failure.error;
  if (isOver(run)) {
    throw new HandoffError('CHAT_ENDED_EARLY', { message: 'The chat was over before the message could be sent' });
  }
  await pump.step(signal);
}

async function typing({ run, signal }: Works, active: boolean): Promise<void> {
  if (!ready(run)) return;
  if (active) noteActivity(run, signal);
  const path = active ? LIVE_CHAT_PATHS.typing : LIVE_CHAT_PATHS.notTyping;
  await post(run, { path, body: {}, attempts: 2 }, signal);
}

/** A choice goes back as its place in the menu, which is the option's id. */
function menuAnswer({ menus }: LiveChatState, message: MessageEvent, options: readonly MessageOption[]) {
  const type = menus.get(message.id) ?? 'ChatWindowButton';
  return { actions: pickedOptions(message, options).map(({ id }) => ({ type, index: Number(id) })) };
}

/** The service fails on anything a visitor does before somebody is there; and what is sent into an outage gets lost. */
function ready(run: LiveChatRun): boolean {
  return run.state.phase === 'active' && run.health.outage === undefined;
}
