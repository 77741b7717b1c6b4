import { raceAbort } from '../core/clock.ts';
import type { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import { isTransient, liveChatFailure, statusOf } from './live-chat-errors.ts';
import { type Link, linkPost } from './live-chat-link.ts';
import { repair } from './live-chat-repair.ts';
import type { LiveChatRun } from './live-chat-run.ts';
import { waitMs } from './wait.ts';

const REPEAT_MS = 1000;
const MOST_REPAIRS = 3;
const MOST_RATED = 5;

/** One POST and how hard to try. `sequence` is given when it is first sent and kept, so that the server can drop a repeat. */
export interface Parcel {
  readonly path: string;
  readonly body: unknown;
  /** Requests at most, where answers get lost or the service fails. */
  readonly attempts: number;
  /** Something said, which the transcript after a reconnect shows if it has arrived. */
  readonly text?: string;
}

interface Delivery {
  readonly parcel: Parcel;
  sequence: number;
  generation: number;
  lost: number;
  /** It may have arrived although its answer did not say so. */
  unclear: boolean;
  rated: number;
  renumbered: boolean;
  repairs: number;
}

/** Posts one thing after the other, in the order of the calls: the sequence number allows nothing else. */
export function post(run: LiveChatRun, parcel: Parcel, signal: AbortSignal): Promise<void> {
  const turn = run.lastPost.then(() => deliver(run, parcel, signal));
  run.lastPost = turn.catch(() => undefined);
  return turn;
}

async function deliver(run: LiveChatRun, parcel: Parcel, signal: AbortSignal): Promise<void> {
  const delivery: Delivery = {
    parcel,
    sequence: 0,
    generation: -1,
    lost: 0,
    unclear: false,
    rated: 0,
    renumbered: false,
    repairs: 0,
  };
  try {
    for (let done = false; !done; ) {
      if (run.repairing) await raceAbort(run.repairing, signal);
      signal.throwIfAborted();
      if (hasArrived(run, delivery)) break;
      number(run.link, delivery);
      done = await attempt(run, delivery, signal);
    }
  } catch (error) {
    if (isUncounted(error, delivery)) giveBack(run.link, delivery);
    throw error;
  }
  if (parcel.text !== undefined) run.confirmed.push(parcel.text);
}

/** New numbers make the server take a repeat for something new, so the transcript has to say whether it is one. */
function hasArrived({ link, confirmed, state }: LiveChatRun, { parcel, generation, unclear }: Delivery): boolean {
  const { text } = parcel;
  if (text === undefined || !unclear || generation === link.generation) return false;
  const count = (texts: readonly string[]) => texts.filter((other) => other === text).length;
  return count(state.echoed) > count(confirmed);
}

/** The service has not counted what it refused; a 5xx may come after it has, and the next message would pass for a repeat. */
function isUncounted(error: unknown, { unclear }: Delivery): boolean {
  const status = statusOf(error);
  return !unclear && status !== undefined && status < 500;
}

function giveBack(link: Link, delivery: Delivery): void {
  if (delivery.generation === link.generation) link.nextSequence = delivery.sequence;
}

/** A number survives repeats, but not a ReconnectSession that restarts the count. */
function number(link: Link, delivery: Delivery): void {
  if (delivery.generation === link.generation) return;
  delivery.sequence = link.nextSequence;
  delivery.generation = link.generation;
  link.nextSequence += 1;
}

/** True once the service has accepted it, false where it is to be sent again. */
async function attempt(run: LiveChatRun, delivery: Delivery, signal: AbortSignal): Promise<boolean> {
  const { path, body } = delivery.parcel;
  let response: HttpResponse;
  try {
    response = await linkPost(run.link, path, body, delivery.sequence, signal);
  } catch (error) {
    delivery.unclear = true;
    if (signal.aborted || !isTransient(error)) throw error;
    return repeatLater(run, delivery, error, signal);
  }
  if (response.status >= 200 && response.status < 300) return true;
  if (response.status === 503) return afterRepair(run, delivery, response, signal);
  if (response.status === 409) return renumber(run.link, delivery, response);
  const error = liveChatFailure(response, nounOf(path), 'chat');
  if (response.status === 429) return afterWait(run, delivery, error, signal);
  if (response.status < 500) throw error;
  // It may have been taken all the same; the number, which is kept, lets the service drop a repeat.
  delivery.unclear = true;
  return repeatLater(run, delivery, error, signal);
}

async function repeatLater(run: LiveChatRun, delivery: Delivery, error: unknown, signal: AbortSignal) {
  delivery.lost += 1;
  if (delivery.lost >= delivery.parcel.attempts) throw error;
  await run.clock.sleep(REPEAT_MS, signal);
  return false;
}

/** Refused for its rate, so it was not carried out. */
async function afterWait(run: LiveChatRun, delivery: Delivery, error: HandoffError, signal: AbortSignal) {
  delivery.rated += 1;
  if (delivery.rated > MOST_RATED) throw error;
  const asked = error.details?.retryAfter;
  const ms = waitMs(delivery.rated - 1, typeof asked === 'string' ? asked : undefined, run.clock, run.random);
  await run.clock.sleep(ms, signal);
  return false;
}

async function afterRepair(run: LiveChatRun, delivery: Delivery, response: HttpResponse, signal: AbortSignal) {
  delivery.repairs += 1;
  delivery.unclear = true;
  if (delivery.repairs > MOST_REPAIRS) throw liveChatFailure(response, nounOf(delivery.parcel.path), 'chat');
  // Where the numbers have been restarted since, somebody else has mended the chat already.
  if (delivery.generation === run.link.generation) await raceAbort(repair(run, signal), signal);
  return false;
}

/** "Out of sync Ack. Expected x. Actual y": y is the last number the server took. */
function renumber(link: Link, delivery: Delivery, response: HttpResponse): boolean {
  if (delivery.generation !== link.generation) return false;
  const actual = /\bActual\s+(-?\d+)/i.exec(response.body)?.[1];
  if (actual === undefined || delivery.renumbered)
    throw liveChatFailure(response, nounOf(delivery.parcel.path), 'chat');
  if (delivery.lost > 0 && Number(actual) >= delivery.sequence) return true;
  delivery.renumbered = true;
  delivery.sequence = Number(actual) + 1;
  link.nextSequence = delivery.sequence + 1;
  return false;
}

function nounOf(path: string): string {
  return path.replace('/rest/', '');
}
