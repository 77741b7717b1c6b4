import type { ServerResponse } from 'node:http';
import { ANSWERS, type Answer, badRequest, jsonAnswer, outOfSync } from './live-chat-answer.ts';
import type { Batch } from './live-chat-outbox.ts';
import type { Registry } from './live-chat-registry.ts';
import { endChat, type HeldPoll, type LiveChatSession, takeFault, watchSilence } from './live-chat-session.ts';
import type { ReceivedRequest, World } from './world.ts';

const HOLD_MS = 30_000;
const HOLD_AT_PACE_0_MS = 250;
/** Messages that come together are answered together. */
const GATHER_MS = 50;
/** For how long the end of an abandoned connection may lag behind the next request. */
const GRACE_MS = 20;

interface PollTurn {
  readonly world: World;
  readonly registry: Registry;
  readonly session: LiveChatSession;
  readonly poll: HeldPoll & { rest(ms: number): Promise<boolean> };
  readonly ack: number | undefined;
}

/** Answers `System/Messages`: holds the request until there is news. A second one at the same time ends the chat. */
export async function pollMessages(
  world: World,
  registry: Registry,
  session: LiveChatSession,
  request: ReceivedRequest,
  response: ServerResponse,
): Promise<Answer> {
  if (world.faults.has('dead-session')) return ANSWERS.sessionGone;
  const ack = readAck(request.url.searchParams.get('ack'));
  if (ack === 'invalid') return badRequest('ack must be a whole number');
  for (let other = session.poll; other; other = session.poll) {
    if (await isStillOpen(world, other)) {
      endChat(session, 'unknown');
      return ANSWERS.conflict;
    }
    if (session.poll === other) session.poll = undefined;
  }
  const poll = createPoll(world, response);
  session.poll = poll;
  watchSilence(session);
  try {
    return await answerPoll({ world, registry, session, poll, ack });
  } finally {
    if (session.poll === poll) {
      session.poll = undefined;
      watchSilence(session);
    }
  }
}

function readAck(text: string | null): number | undefined | 'invalid' {
  if (text === null || text === '') return undefined;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : 'invalid';
}

/** A client that has just given up a poll may ask again before its old connection is seen to be closed. */
async function isStillOpen(world: World, poll: HeldPoll): Promise<boolean> {
  await world.clock.sleep(GRACE_MS, poll.left).catch(() => undefined);
  return !poll.left.aborted;
}

function createPoll(world: World, response: ServerResponse): PollTurn['poll'] {
  let rest: AbortController | undefined;
  const left = new AbortController();
  const wake = () => rest?.abort();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
    wake();
  });
  return {
    wake,
    left: left.signal,
    /** True where the time has passed, false where something woke it. */
    async rest(ms) {
      rest = new AbortController();
      return world.clock.sleep(ms, rest.signal).then(
        () => true,
        () => false,
      );
    },
  };
}

async function answerPoll(turn: PollTurn): Promise<Answer> {
  const { world, session, poll } = turn;
  const hold = world.pace === 0 ? HOLD_AT_PACE_0_MS : HOLD_MS;
  const until = world.clock.now() + hold;
  for (let woken = false; ; woken = true) {
    const refusal = refuse(turn);
    if (refusal) return refusal;
    const stalled = session.faults.has('stall-stream');
    const answer = stalled ? undefined : await takeNews(turn, woken);
    if (answer) return answer;
    const left = stalled ? hold : until - world.clock.now();
    const instant = session.faults.has('instant-204');
    const passed = instant || left <= 0 || (await poll.rest(left));
    if (passed && !stalled) return ANSWERS.noNews;
  }
}

/** What stands in the way of any news, if anything. */
function refuse({ session, poll, ack, world }: PollTurn): Answer | undefined {
  if (poll.left.aborted || world.signal.aborted) return ANSWERS.gone;
  if (session.dropped) return ANSWERS.unavailable;
  if (session.state === 'dead') return ANSWERS.sessionGone;
  const delivered = session.outbox.delivered();
  if (delivered >= 0 && takeFault(session, 'poll-409')) return outOfSync(ack ?? delivered, delivered);
  return undefined;
}

async function takeNews(turn: PollTurn, woken: boolean): Promise<Answer | undefined> {
  const { world, session, ack } = turn;
  const found = session.outbox.collect(ack);
  if (found.kind === 'out-of-sync') return outOfSync(ack ?? found.actual, found.actual);
  if (found.kind === 'nothing') return session.state === 'ended' ? ANSWERS.sessionGone : undefined;
  if (!woken || world.pace === 0) return handOut(turn, found.batch);
  await world.clock.sleep(GATHER_MS * Math.min(1, world.pace), world.signal).catch(() => undefined);
  const refusal = refuse(turn);
  if (refusal) return refusal;
  // The session may have moved meanwhile, and with it the numbers: then the poll looks again.
  const gathered = session.outbox.collect(ack);
  return gathered.kind === 'batch' ? handOut(turn, gathered.batch) : undefined;
}

function handOut({ session, registry }: PollTurn, batch: Batch): Answer {
  const answer = jsonAnswer(batch);
  if (takeFault(session, 'lost-poll')) return { ...answer, broken: 'cut' };
  session.outbox.commit(batch);
  const established = batch.messages.some((message) => message.type === 'ChatEstablished');
  if (!established) return answer;
  if (session.state === 'queued') session.state = 'active';
  if (takeFault(session, 'drop-affinity')) registry.drop(session);
  return answer;
}
