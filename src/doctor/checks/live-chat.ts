import type { Check, CheckOutcome } from '../../core/check.ts';
import { HandoffError } from '../../core/errors.ts';
import type { Probe } from '../probe.ts';
import { moved, saidInWords, wordsOf } from './live-chat-answers.ts';
import { lookAtSettings } from './live-chat-settings.ts';
import { passed, skipped, withValues } from './outcomes.ts';

const LIVE_CHAT = ['live-chat'] as const;

/** The legacy service, asked without opening a chat. */
export const LIVE_CHAT_CHECKS: readonly Check<Probe>[] = [
  {
    id: 'service.retirement',
    title: 'Retirement',
    hint: 'sf-handoff guide miaw',
    level: 'offline',
    channels: LIVE_CHAT,
    run: async () => ({
      status: 'warn',
      cause: 'LIVE_CHAT_RETIRED',
      message: 'Salesforce retired Live Chat on 14 February 2026; where it still answers, it may stop without notice',
      hint: 'move to Enhanced Chat (MIAW): sf-handoff guide miaw',
      step: 'miaw.1',
    }),
  },
  {
    id: 'service.settings',
    title: 'Settings',
    hint: 'compare deployment and button with Setup; a service that has been switched off may answer like this too',
    level: 'service',
    channels: LIVE_CHAT,
    needs: ['network.http'],
    run: whereTold(lookAtSettings),
  },
  {
    id: 'service.availability',
    title: 'Agents',
    hint: 'compare organization, deployment and button ID with Setup; a service that has been switched off may answer like this too',
    level: 'service',
    channels: LIVE_CHAT,
    needs: ['network.http', 'service.settings'],
    run: whereTold(lookAtAvailability),
  },
  {
    id: 'service.session',
    title: 'Session',
    hint: 'compare the Live Agent URL with Setup › Chat Settings; a service that has been switched off may answer like this too',
    level: 'service',
    channels: LIVE_CHAT,
    needs: ['network.http', 'service.settings'],
    run: withValues(async (probe) => {
      const { clientPollTimeoutSeconds } = await probe.session();
      return passed(`given and returned, polls of ${clientPollTimeoutSeconds} s`, { clientPollTimeoutSeconds });
    }),
  },
];

/** Not every server tells these; whether the address is right is then shown by the session. */
function whereTold(look: (probe: Probe) => Promise<CheckOutcome>): (probe: Probe) => Promise<CheckOutcome> {
  return withValues(async (probe) => {
    try {
      return await look(probe);
    } catch (thrown) {
      if (!isUntold(thrown)) throw thrown;
      return skipped('this server does not tell; the session shows whether the address is right');
    }
  });
}

/** 405 and 501 come from servers that speak only a part of the protocol. */
function isUntold(thrown: unknown): boolean {
  if (!(thrown instanceof HandoffError)) return false;
  return thrown.code === 'NOT_FOUND' || thrown.details?.status === 405 || thrown.details?.status === 501;
}

async function lookAtAvailability(probe: Probe): Promise<CheckOutcome> {
  const answer = await probe.availability().catch((thrown: unknown) => refusedAvailability(thrown));
  if ('status' in answer) return answer;
  if (answer.kind === 'moved') return moved(answer, probe);
  if (!answer.found && !(await givesSessions(probe)))
    return skipped('this server tells nothing; the session tells more');
  const wait = answer.estimatedWaitSeconds;
  if (answer.available)
    return passed(wait ? `an agent is online, about ${wait} s to wait` : 'an agent is online', answer);
  return {
    status: 'warn',
    cause: 'NO_AGENT_AVAILABLE',
    message: answer.found
      ? 'No agent can take a chat of this button at the moment'
      : 'Salesforce says nothing about this button, as if nobody were there',
    hint: 'is an agent online with a chat status, in the button’s skill or queue? A deployment with Permitted Domains, and an org left on Standard Omni-Channel, look the same',
    step: 'live-chat.verify',
    data: answer,
  };
}

function givesSessions(probe: Probe): Promise<boolean> {
  return probe.session().then(
    () => true,
    () => false,
  );
}

function refusedAvailability(thrown: unknown): CheckOutcome {
  const words = wordsOf(thrown);
  if (words === undefined || !(thrown instanceof HandoffError)) throw thrown;
  return saidInWords(thrown, words);
}
