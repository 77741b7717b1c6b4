import type { Check, CheckOutcome } from '../../core/check.ts';
import { formatDuration } from '../../core/duration.ts';
import { ERRORS, type ErrorCode, HandoffError } from '../../core/errors.ts';
import type { AgentEvent } from '../../core/events.ts';
import type { RoutingFacts } from '../../core/session.ts';
import type { Echo, Joined, Routed } from '../chat-run.ts';
import type { Probe } from '../probe.ts';
import { lookAtDisplay } from './miaw-pre-chat.ts';
import { BOTH, passed, withValues } from './outcomes.ts';

const OF_THE_CHAT: readonly ErrorCode[] = [
  'CHAT_ENDED_EARLY',
  'SESSION_LOST',
  'TOKEN_EXPIRED',
  'MESSAGE_NOT_CONFIRMED',
  'REQUEST_REJECTED',
  'ACCESS_DENIED',
];
/** Reasons by which Live Chat ends a chat because nobody has taken it. */
const FOR_NOBODY = /^agents?(?:Unavailable|PushTimeout)$/i;
const OF_THE_REQUEST: readonly ErrorCode[] = ['REQUEST_REJECTED', 'ACCESS_DENIED', 'TOKEN_EXPIRED'];

/** One test chat that rings a real agent, read stage by stage. It is closed whichever of these is asked. */
export const CHAT_CHECKS: readonly Check<Probe>[] = [
  {
    id: 'chat.open',
    title: 'Open',
    hint: 'sf-handoff test-chat --verbose',
    level: 'chat',
    channels: BOTH,
    needs: ['network.http', 'service.settings', 'service.session', 'service.token', 'service.pre-chat', 'stream.open'],
    run: withValues(async (probe) => {
      const opened = probe.chat().opened();
      const { id } = await opened.catch((thrown: unknown) => {
        throw refusedOpen(thrown, probe);
      });
      return passed(id, { conversationId: id });
    }),
  },
  {
    id: 'chat.every-session',
    title: 'Pre-chat again',
    hint: 'sf-handoff guide metadata.4',
    level: 'chat',
    channels: ['miaw'],
    needs: ['service.token'],
    run: withValues(lookAtDisplay),
  },
  {
    id: 'chat.routing',
    title: 'Routing',
    hint: 'try again; if it repeats, look for a proxy that cuts or repeats long requests, then at the routing of the channel or button',
    level: 'chat',
    channels: BOTH,
    needs: ['chat.open'],
    run: withStep(async (probe) => {
      const routed = await probe.chat().routed();
      if (!routed.event && !routed.facts.routed) await refuseSilentStream(probe);
      return lookAtRouting(routed, probe);
    }),
  },
  {
    id: 'chat.agent',
    title: 'Agent',
    hint: 'is an agent online?',
    level: 'chat',
    channels: BOTH,
    needs: ['chat.open', 'chat.routing'],
    run: withStep(async (probe) => lookAtAgent(await probe.chat().joined(), probe)),
  },
  {
    id: 'chat.message',
    title: 'Message',
    hint: 'sf-handoff test-chat --verbose',
    level: 'chat',
    channels: BOTH,
    needs: ['chat.open', 'chat.routing', 'chat.agent'],
    run: withStep(async (probe) => {
      const { afterMs } = await probe.chat().sent();
      const echo = await probe.chat().echoed();
      if (!echo && (await probe.chat().abandoned())) throw leftAgain(probe);
      return roundTrip(afterMs, echo, probe.timeoutMs);
    }),
  },
  {
    id: 'chat.close',
    title: 'Close',
    hint: 'end the chat in the agent console',
    level: 'chat',
    channels: BOTH,
    needs: ['chat.open'],
    run: async (probe) => {
      await probe.chat().closed();
      return passed('closed, nothing left open');
    },
  },
];

/** What ends a running chat has no step of its own where both channels know it; here the channel is known. */
function withStep(look: (probe: Probe) => Promise<CheckOutcome>): (probe: Probe) => Promise<CheckOutcome> {
  return async (probe) => {
    try {
      return await look(probe);
    } catch (thrown) {
      if (!(thrown instanceof HandoffError) || thrown.step || !OF_THE_CHAT.includes(thrown.code)) throw thrown;
      const { code, message, hint, details } = thrown;
      const step = probe.validation.channel === 'miaw' ? 'miaw.capabilities' : 'live-chat.verify';
      throw new HandoffError(code, { message, hint, step, ...(details ? { details } : {}), cause: thrown });
    }
  };
}

/** Token and stream are proven by now: what is refused here is what the conversation was asked for with. */
function refusedOpen(thrown: unknown, probe: Probe): unknown {
  if (probe.validation.channel !== 'miaw' || !(thrown instanceof HandoffError) || thrown.step) return thrown;
  const { code, message, hint, details } = thrown;
  if (!OF_THE_REQUEST.includes(code)) return thrown;
  const step = 'miaw.capabilities';
  return new HandoffError(code, { message, hint, step, ...(details ? { details } : {}), cause: thrown });
}

/** Not every agent answers at once and not every channel tells receipts, so silence proves nothing. */
function roundTrip(acceptedMs: number, echo: Echo | undefined, waitedMs: number): CheckOutcome {
  const accepted = `accepted after ${formatDuration(acceptedMs)}`;
  if (!echo) return passed(`${accepted}; no receipt or answer within ${formatDuration(waitedMs)}`);
  return passed(`${accepted}, ${echo.kind} ${formatDuration(echo.afterMs)} later`, { acceptedMs, ...echo });
}

function leftAgain(probe: Probe): HandoffError {
  return new HandoffError('NO_AGENT_AVAILABLE', {
    message: 'The agent left as soon as the chat was theirs, and nobody else came',
    hint: 'look whom the routing names: an agent who no longer exists, or lacks access to messaging, leaves at once',
    step: probe.validation.channel === 'miaw' ? 'miaw.1' : 'live-chat.verify',
  });
}

function lookAtRouting({ event, facts }: Routed, probe: Probe): CheckOutcome {
  if (event?.type === 'queued') return passed(queueText(event));
  if (event?.type === 'joined' || (!event && facts.routed)) return passed('routed');
  if (event?.type === 'rejected' && event.code === 'NO_AGENT_AVAILABLE') return passed('answered: nobody is there');
  if (event) throw endedEarly(event, facts, probe);
  if (probe.validation.channel === 'live-chat') throw new HandoffError('NEVER_ROUTED');
  throw new HandoffError('NEVER_ROUTED', {
    message: `Salesforce took the conversation, but routed it to nobody within ${formatDuration(probe.agentWithinMs)}`,
    hint: 'give the channel an active Omni-Channel flow that ends in Route Work, and a fallback queue',
    step: 'miaw.1',
  });
}

/** Where nothing at all has come through the stream, not even a heartbeat, nobody knows what the service has routed. */
async function refuseSilentStream(probe: Probe): Promise<void> {
  if (probe.validation.channel !== 'miaw') return;
  const stream = await probe.stream().catch(() => undefined);
  if (!stream || stream.firstByteMs !== undefined) return;
  const waited = formatDuration(probe.agentWithinMs);
  throw new HandoffError('STREAM_SILENT', {
    message: `The conversation was opened, but nothing came through the event stream within ${waited}, not even a heartbeat`,
  });
}

function lookAtAgent({ agent, bot, event, facts, afterMs }: Joined, probe: Probe): CheckOutcome {
  const came = formatDuration(afterMs);
  if (agent) return passed(`${agent.name ?? 'an agent'} after ${came}`, { agentAfterMs: afterMs });
  const isForNobody = event?.type === 'ended' && FOR_NOBODY.test(event.reason ?? '');
  if ((event?.type === 'ended' && !isForNobody) || event?.type === 'error') throw endedEarly(event, facts, probe);
  const step = probe.validation.channel === 'miaw' ? 'miaw.1' : 'live-chat.verify';
  const hint =
    bot && !event ? { hint: 'let the channel route to the flow of the handoff, not to a bot of Salesforce' } : {};
  const parts = { message: nobody(bot, facts, event, probe), step, details: { ...facts, bot }, ...hint } as const;
  throw new HandoffError('NO_AGENT_AVAILABLE', parts);
}

function nobody(bot: boolean, facts: RoutingFacts, event: AgentEvent | undefined, probe: Probe): string {
  if (event?.type === 'rejected' || event?.type === 'ended') return `No agent took the chat: ${event.reason}`;
  const within = formatDuration(probe.agentWithinMs);
  if (bot) return `A bot took the chat, and no human agent joined within ${within}`;
  if (facts.offered > 0)
    return `No agent joined within ${within}: offered ${facts.offered} ×, declined ${facts.declined} ×`;
  return `No agent joined within ${within}: Salesforce routed the chat, but nobody was there to be rung`;
}

/** The service's own name for what went wrong, where the table has it. */
function endedEarly(event: AgentEvent, facts: RoutingFacts, probe: Probe): HandoffError {
  const step = probe.validation.channel === 'miaw' ? 'miaw.1' : 'live-chat.verify';
  const details = { ...facts };
  if (event.type === 'rejected') {
    const code = isKnown(event.code) ? event.code : 'REQUEST_REJECTED';
    const own = 'step' in ERRORS[code] ? {} : ({ step } as const);
    return new HandoffError(code, { message: `The chat was refused: ${event.reason}`, ...own, details });
  }
  if (event.type === 'error' && isKnown(event.error.code)) {
    const told = 'step' in ERRORS[event.error.code] ? undefined : step;
    return new HandoffError(event.error.code, {
      message: event.error.message,
      hint: event.error.hint,
      ...(told ? { step: told } : {}),
      details,
    });
  }
  const reason = event.type === 'ended' && event.reason ? `: ${event.reason}` : '';
  const message = `The chat ended before an agent joined${reason}`;
  return new HandoffError('CHAT_ENDED_EARLY', { message, step, details });
}

function isKnown(code: string): code is keyof typeof ERRORS {
  return Object.hasOwn(ERRORS, code);
}

function queueText(event: AgentEvent & { readonly type: 'queued' }): string {
  const position = event.position === undefined ? [] : [`position ${event.position}`];
  const wait = event.estimatedWaitSeconds === undefined ? [] : [`about ${event.estimatedWaitSeconds} s to wait`];
  return ['queued', ...position, ...wait].join(', ');
}
