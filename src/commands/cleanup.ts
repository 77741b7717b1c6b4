import type { Context } from '../context.ts';
import { formatDuration } from '../core/duration.ts';
import { asHandoffError, EXIT, type HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import type { TransportDeps } from '../core/session.ts';
import { isStillRunning, type KeptChat } from '../state/kept-chat.ts';
import { type NetworkFlags, networkOptions } from './options.ts';

/** What became of a chat that an earlier run had open. */
type Outcome = { readonly kept: KeptChat } & (
  | { readonly state: 'closed' | 'running' }
  | { readonly state: 'failed'; readonly error: HandoffError }
);

/** Closes the chats that earlier runs have left open. 1 where one of them is still open. */
export async function cleanUp(options: NetworkFlags, context: Context): Promise<number> {
  const leftovers = await context.leftovers();
  const { chats, broken } = await leftovers.list();
  const outcomes: Outcome[] = [];
  for (const kept of chats) {
    context.signal.throwIfAborted();
    const outcome = isStillRunning(kept) ? ({ kept, state: 'running' } as const) : await close(kept, options, context);
    if (outcome.state === 'closed' || isHopeless(outcome)) await leftovers.remove(kept.path);
    outcomes.push(outcome);
    if (!context.io.json) await context.io.print(linesOf(outcome, context));
  }
  if (context.io.json) await context.io.printJson({ chats: outcomes.map(toJson), unreadable: broken }, 'document');
  else await context.io.print(tail(outcomes, broken));
  const isDone = broken.length === 0 && outcomes.every((outcome) => outcome.state !== 'failed');
  return isDone ? EXIT.ok : EXIT.no;
}

async function close(kept: KeptChat, options: NetworkFlags, context: Context): Promise<Outcome> {
  const { clock, random, secrets, signal } = context;
  try {
    const { closeLeftover } = await import('../transport/close-leftover.ts');
    const network = await networkOptions(options, context);
    const http = await context.http(network);
    const deps: TransportDeps = { http, clock, random, secrets, signal, timeoutMs: network.timeoutMs };
    await closeLeftover(kept.leftover, deps);
    return { kept, state: 'closed' };
  } catch (thrown) {
    signal.throwIfAborted();
    return { kept, state: 'failed', error: asHandoffError(thrown) };
  }
}

/** What was needed to close it is worth nothing any more, so no later run could do better. */
function isHopeless(outcome: Outcome): boolean {
  return outcome.state === 'failed' && ['TOKEN_EXPIRED', 'BASE_URL_DOMAIN_SLIP'].includes(outcome.error.code);
}

function hostOf({ leftover }: KeptChat): string {
  return new URL(leftover.channel === 'miaw' ? leftover.config.baseUrl : leftover.config.liveAgentUrl).host;
}

function linesOf(outcome: Outcome, { io, clock }: Context): Line[] {
  const { kept } = outcome;
  const age = formatDuration(clock.now() - kept.openedAt);
  const name = `conversation ${kept.leftover.conversationId} on ${hostOf(kept)}, opened ${age} ago`;
  const [tick, cross, dash, arrow] = io.unicode ? ['✔', '✖', '–', '→'] : ['+', 'x', '-', '->'];
  switch (outcome.state) {
    case 'closed':
      return [[{ text: `${tick} closed`, tone: 'ok' }, `   ${name}`]];
    case 'running':
      return [[{ text: `${dash} in use`, tone: 'dim' }, `   ${name}, by process ${kept.pid}, which closes it itself`]];
    case 'failed':
      return [
        [{ text: `${cross} still open`, tone: 'fail' }, `   ${name}`],
        [`  ${outcome.error.message}`],
        [
          isHopeless(outcome)
            ? `  ${arrow} end it in the agent console; nothing can close it from here any more`
            : `  ${arrow} sf-handoff test-chat --cleanup, later; or end it in the agent console`,
          { text: `   ${outcome.error.code}`, tone: 'dim' },
        ],
      ];
    default:
      return outcome satisfies never;
  }
}

function tail(outcomes: readonly Outcome[], broken: readonly string[]): Line[] {
  const unreadable = broken.map((path): Line => [`${path} cannot be read by this version; remove it to be rid of it`]);
  const failed = outcomes.filter((outcome) => outcome.state === 'failed').length;
  if (outcomes.length === 0 && broken.length === 0) return [['No earlier run has left a chat open']];
  return [...unreadable, [failed === 0 ? 'Nothing left open by earlier runs' : `${failed} still open`]];
}

function toJson(outcome: Outcome): object {
  const { leftover, openedAt } = outcome.kept;
  return {
    channel: leftover.channel,
    conversationId: leftover.conversationId,
    host: hostOf(outcome.kept),
    openedAt: new Date(openedAt).toISOString(),
    state: outcome.state,
    ...(outcome.state === 'failed' ? { error: outcome.error.toShape() } : {}),
  };
}
