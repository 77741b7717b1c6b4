import { HandoffError } from '../core/errors.ts';
import type { SentMessage } from '../core/session.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import { noteActivity } from './live-chat-activity.ts';
import { isTransient } from './live-chat-errors.ts';
import { post } from './live-chat-lane.ts';
import type { Pump } from './live-chat-pump.ts';
import { isOver, type LiveChatRun } from './live-chat-run.ts';

/** Messages that follow each other faster are answered with 200 and may get lost all the same. */
const GAP_MS = 100;

export interface Sender {
  send(text: string): Promise<SentMessage>;
  typing(active: boolean): Promise<void>;
}

/** What the visitor does. Messages wait, in order, until an agent is there; typing is not worth waiting for. */
export function createSender(run: LiveChatRun, pump: Pump, signal: AbortSignal): Sender {
  let lastSend: Promise<unknown> = Promise.resolve();
  let notBefore = 0;

  function send(text: string): Promise<SentMessage> {
    const turn = lastSend.then(() => sendNow(text));
    lastSend = turn.catch(() => undefined);
    return turn;
  }

  async function sendNow(text: string): Promise<SentMessage> {
    while (!ready(run)) await next();
    const gapMs = notBefore - run.clock.now();
    if (gapMs > 0) await run.clock.sleep(gapMs, signal);
    noteActivity(run, signal);
    try {
      await post(run, { path: LIVE_CHAT_PATHS.chatMessage, body: { text }, attempts: 2 }, signal);
    } catch (error) {
      if (!isTransient(error)) throw error;
      throw new HandoffError('MESSAGE_NOT_CONFIRMED', { cause: error });
    } finally {
      notBefore = run.clock.now() + GAP_MS;
    }
    return { id: run.random.uuid() };
  }

  /** The waiting sender drives the chat on as well, for its caller may be the one who would have read. */
  async function next(): Promise<void> {
    signal.throwIfAborted();
    if (run.failure !== undefined) throw run.failure.error;
    if (isOver(run)) {
      throw new HandoffError('CHAT_ENDED_EARLY', { message: 'The chat was over before the message could be sent' });
    }
    await pump.step(signal);
  }

  async function typing(active: boolean): Promise<void> {
    if (!ready(run)) return;
    if (active) noteActivity(run, signal);
    const path = active ? LIVE_CHAT_PATHS.typing : LIVE_CHAT_PATHS.notTyping;
    await post(run, { path, body: {}, attempts: 2 }, signal);
  }

  return { send, typing };
}

/** The service fails on anything a visitor does before somebody is there; and what is sent into an outage gets lost. */
function ready(run: LiveChatRun): boolean {
  return run.state.phase === 'active' && run.health.outage === undefined;
}
