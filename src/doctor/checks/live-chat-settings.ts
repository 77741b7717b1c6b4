import type { CheckOutcome } from '../../core/check.ts';
import { type ErrorCode, HandoffError } from '../../core/errors.ts';
import type { Probe } from '../probe.ts';
import { moved, saidInWords, wordsOf } from './live-chat-answers.ts';
import { passed, skipped } from './outcomes.ts';

/** The session is asked for at the same time: it tells later whether the address is right, and here what a refusal means. */
export async function lookAtSettings(probe: Probe): Promise<CheckOutcome> {
  void probe.session().catch(() => undefined);
  try {
    const answer = await probe.settings();
    if (answer.kind === 'moved') return moved(answer, probe);
    const button = answer.buttons.length === 1 ? answer.buttons[0] : undefined;
    const facts = [button?.type, button?.language].filter((fact) => fact !== undefined);
    if (!answer.found) return await lookForButton(probe);
    return passed(['the deployment knows the button', ...facts].join(', '), { buttons: answer.buttons });
  } catch (thrown) {
    if (await saysRetired(probe)) throw retired(thrown);
    if (!(thrown instanceof HandoffError)) throw thrown;
    return meaningOf(thrown, probe);
  }
}

/** A service that has been switched off may say so in words, whatever the status. */
async function saysRetired(probe: Probe): Promise<boolean> {
  const { body } = await probe.answered();
  return /\bretired\b|\bretirement\b/i.test(body);
}

function retired(cause: unknown): HandoffError {
  return new HandoffError('LIVE_CHAT_RETIRED', { cause });
}

const LOST: readonly ErrorCode[] = ['TIMED_OUT', 'CONNECTION_LOST'];

/** By these a server says that it does not have the question; whether the address is right is shown by the session. */
const NO_SUCH_QUESTION: readonly number[] = [404, 405, 501];

/** No login is asked for, so being denied means that the service is closed, unless the very button can be rung. */
const CLOSED: readonly number[] = [403, 410];
const REFUSED: readonly number[] = [400, 401, ...CLOSED];

async function meaningOf(refusal: HandoffError, probe: Probe): Promise<CheckOutcome> {
  const status = Number(refusal.details?.status ?? 0);
  if (CLOSED.includes(status) && !(await canBeRung(probe))) throw retired(refusal);
  if (refusal.code === 'NOT_THE_SERVICE' && (status === 204 || refusal.details?.empty)) {
    return skipped('the settings are answered with nothing; availability and session tell more');
  }
  if (NO_SUCH_QUESTION.includes(status)) throw refusal;
  return byTheRest(refusal, status, probe);
}

/** What the answers to the other questions make of it; 503 with a session says that the org is elsewhere. */
async function byTheRest(refusal: HandoffError, status: number, probe: Probe): Promise<CheckOutcome> {
  const [availability, session] = await Promise.allSettled([probe.availability(), probe.session()]);
  const answer = availability.status === 'fulfilled' ? availability.value : undefined;
  const givesSessions = session.status === 'fulfilled';
  const words = wordsOf(refusal);
  if ((status >= 500 || LOST.includes(refusal.code)) && answer?.kind === 'availability') {
    return givesSessions ? harmless(refusal) : skipped('the settings fail; the session tells more');
  }
  const isRefused = REFUSED.includes(status) || words !== undefined;
  if (isRefused && answer?.kind === 'availability' && answer.available) return harmless(refusal);
  if (words !== undefined) return saidInWords(refusal, words);
  throw status === 503 && givesSessions ? otherOrg(refusal) : refusal;
}

async function canBeRung(probe: Probe): Promise<boolean> {
  const answer = await probe.availability().catch(() => undefined);
  return answer?.kind === 'availability' && answer.available;
}

/** No chat needs the settings, so their failure alone stops nothing. */
function harmless({ code, message, step }: HandoffError): CheckOutcome {
  const isFailing = code === 'SERVICE_ERROR' || LOST.includes(code);
  return {
    status: 'warn',
    cause: code,
    message: `${message}; everything that a chat needs works all the same`,
    hint: isFailing
      ? 'ask again in a minute, or let doctor wait: --wait 10m; status.salesforce.com shows outages'
      : 'compare organization, deployment and button ID with Setup',
    ...(step && !isFailing ? { step } : {}),
  };
}

function otherOrg(refusal: HandoffError): HandoffError {
  return new HandoffError('ORG_MISMATCH', {
    message: 'The server works, but says that it cannot handle this organization',
    hint: 'take Live Agent URL and ids from the same org; production ids on a sandbox host, or the reverse, are answered like this',
    step: 'live-chat.3',
    cause: refusal,
  });
}

/** A button that can be rung exists, whatever the settings leave out. */
async function lookForButton(probe: Probe): Promise<CheckOutcome> {
  const availability = await probe.availability();
  if (availability.kind === 'moved') return moved(availability, probe);
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
