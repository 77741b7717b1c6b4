import type { Check, CheckOutcome } from '../../core/check.ts';
import { HandoffError } from '../../core/errors.ts';
import type { Moved } from '../../transport/live-chat-visitor.ts';
import type { Probe } from '../probe.ts';
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
    hint: 'is an agent online?',
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

/** The session is asked for at the same time: it tells later whether the address is right, and here what a refusal means. */
async function lookAtSettings(probe: Probe): Promise<CheckOutcome> {
  const session = probe.session().then(
    () => true,
    () => false,
  );
  const answer = await probe.settings().catch(async (thrown: unknown) => {
    throw (await saysRetired(probe)) ? retired(thrown) : refusalMeant(thrown, await session);
  });
  if (answer.kind === 'moved') return moved(answer);
  const button = answer.buttons.length === 1 ? answer.buttons[0] : undefined;
  const facts = [button?.type, button?.language].filter((fact) => fact !== undefined);
  if (!answer.found) return lookForButton(probe);
  return passed(['the deployment knows the button', ...facts].join(', '), { buttons: answer.buttons });
}

/** A service that has been switched off may say so in words, whatever the status. */
async function saysRetired(probe: Probe): Promise<boolean> {
  const { body } = await probe.answered();
  return /\bretired\b|\bretirement\b/i.test(body);
}

function retired(cause: unknown): HandoffError {
  return new HandoffError('LIVE_CHAT_RETIRED', { cause });
}

/** No login is asked for, so being denied means that the service is closed; 503 with a session, that the org is elsewhere. */
function refusalMeant(thrown: unknown, givesSessions: boolean): unknown {
  const status = thrown instanceof HandoffError ? thrown.details?.status : undefined;
  if (status === 403 || status === 410) return retired(thrown);
  if (status !== 503 || !givesSessions) return thrown;
  return new HandoffError('ORG_MISMATCH', {
    message: 'The server works, but says that it cannot handle this organization',
    hint: 'take Live Agent URL and ids from the same org; production ids on a sandbox host, or the reverse, are answered like this',
    step: 'live-chat.3',
    cause: thrown,
  });
}

/** A button that can be rung exists, whatever the settings leave out. */
async function lookForButton(probe: Probe): Promise<CheckOutcome> {
  const availability = await probe.availability();
  if (availability.kind === 'moved') return moved(availability);
  if (availability.available) return passed('not in the settings, but available');
  return {
    status: 'fail',
    cause: 'BUTTON_UNKNOWN',
    message:
      'Salesforce does not list this button for this deployment: one of the two is wrong, of another org, or inactive',
    hint: 'copy organization, deployment and button ID from the same org, and check that the button is active',
    step: 'live-chat.5',
  };
}

async function lookAtAvailability(probe: Probe): Promise<CheckOutcome> {
  const answer = await probe.availability();
  if (answer.kind === 'moved') return moved(answer);
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

function moved({ newUrl }: Moved): CheckOutcome {
  const known = newUrl !== '';
  return {
    status: 'fail',
    cause: 'SERVER_MOVED',
    message: `The org has moved to another Live Agent server${known ? `: ${newUrl}` : ''}`,
    hint: known ? `enter ${newUrl} as Live Agent URL` : 'copy the deployment code again',
    step: 'live-chat.2',
    ...(known ? { data: { newUrl } } : {}),
  };
}
