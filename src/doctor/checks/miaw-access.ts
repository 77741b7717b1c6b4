import type { CheckOutcome } from '../../core/check.ts';
import { formatDuration } from '../../core/duration.ts';
import { type ErrorCode, HandoffError } from '../../core/errors.ts';
import type { GuideStep } from '../../core/guide-step.ts';
import type { EmbeddedServiceConfig } from '../../protocol/miaw.ts';
import type { GuestToken } from '../../transport/miaw-api.ts';
import { shown } from '../../values/clean-text.ts';
import type { Probe } from '../probe.ts';
import { dateOf } from './moments.ts';
import { passed, skipped } from './outcomes.ts';

/** Answers by which a server says that it does not have this undocumented resource. */
const NO_SUCH_RESOURCE: readonly ErrorCode[] = ['NOT_FOUND', 'REQUEST_REJECTED', 'ACCESS_DENIED', 'NOT_THE_SERVICE'];

/** Refusals of the token behind which the published configuration may show more. */
const UNEXPLAINED: readonly ErrorCode[] = ['DEPLOYMENT_UNKNOWN', 'REQUEST_REJECTED', 'ACCESS_DENIED'];

export async function lookAtDeployment(probe: Probe): Promise<CheckOutcome> {
  try {
    const answer = await probe.deployment();
    if (answer.kind === 'unpublished') throw new HandoffError('DEPLOYMENT_NOT_PUBLISHED');
    if (answer.kind === 'unknown-name') return await doubtName(probe);
    const misspelt = otherCapitals(answer.config.name, probe.config);
    if (misspelt) return misspelt;
    const type = answer.config.deploymentType;
    return passed(typeof type === 'string' ? `published, type ${typeName(type)}` : 'published');
  } catch (thrown) {
    if (!(thrown instanceof HandoffError)) throw thrown;
    if (!NO_SUCH_RESOURCE.includes(thrown.code) && thrown.details?.status !== 501) throw thrown;
    return skipped('this server does not tell its deployments');
  }
}

/** Some answers forgive capitals and show the name as it is spelt; the token call does not forgive them. */
function otherCapitals(name: unknown, config: Probe['config']): CheckOutcome | undefined {
  if (typeof name !== 'string' || config?.channel !== 'miaw') return undefined;
  const { developerName } = config;
  if (name === developerName || name.toLowerCase() !== developerName.toLowerCase()) return undefined;
  return {
    status: 'fail',
    cause: 'DEPLOYMENT_NAME_CASE',
    message: `The deployment is spelt ${shown(name)}, not ${shown(developerName)}; capitals matter`,
    hint: `enter ${shown(name)} as Developer Name`,
    step: 'miaw.2',
    data: { developerName: name },
  };
}

/** The resource is undocumented for Custom Clients, so its "unknown" counts only where the token call agrees. */
async function doubtName(probe: Probe): Promise<CheckOutcome> {
  const refusal = await probe.token().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (refusal instanceof HandoffError && refusal.code === 'DEPLOYMENT_UNKNOWN') throw refusal;
  return skipped('this server does not tell its deployments; the token shows whether the name is right');
}

export async function lookAtToken(probe: Probe): Promise<CheckOutcome> {
  const token = await probe.token().catch(async (thrown: unknown) => {
    throw await refusalMeant(thrown, probe);
  });
  const config = await publishedConfig(probe);
  assertFitForGuests(config);
  return tokenOutcome(token, config?.deploymentType, probe.clock.now());
}

/** A bot asks for tokens of guests, which only a Custom Client without user verification gives. */
function assertFitForGuests(config: EmbeddedServiceConfig | undefined): void {
  const type = config?.deploymentType;
  if (typeof type === 'string' && typeName(type) !== CUSTOM_CLIENT) {
    const message = `The deployment is of type ${type}, not Custom Client`;
    throw new HandoffError('DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT', { message });
  }
  const authMode = config?.embeddedServiceMessagingChannel?.authMode;
  if (typeof authMode === 'string' && authMode.toLowerCase() === 'auth') throw new HandoffError('USER_VERIFICATION_ON');
}

/** A refusal often says nothing, while the configuration as published shows what is wrong. */
async function refusalMeant(thrown: unknown, probe: Probe): Promise<unknown> {
  if (!(thrown instanceof HandoffError) || !UNEXPLAINED.includes(thrown.code)) return thrown;
  const answer = await probe.deployment().catch(() => undefined);
  if (answer?.kind === 'published') {
    try {
      assertFitForGuests(answer.config);
    } catch (told) {
      return told;
    }
  }
  if (thrown.code !== 'ACCESS_DENIED') return withStep(thrown);
  const isKnown = answer?.kind === 'published';
  return isKnown || thrown.details?.status !== 401 ? withStep(thrown, 'miaw.2') : otherOrg(thrown);
}

/** No login is asked for, so a 401 means that the host does not give tokens for this organization. */
function otherOrg(refusal: HandoffError): HandoffError {
  return new HandoffError('ORG_MISMATCH', {
    message: `${refusal.message}: the host gives no token for this organization`,
    step: 'miaw.2',
    ...(refusal.details ? { details: refusal.details } : {}),
    cause: refusal,
  });
}

/** A refused request is a matter of what was sent; the refusal names the field. */
function withStep(refusal: HandoffError, step?: GuideStep): HandoffError {
  if (refusal.code !== 'REQUEST_REJECTED' && !step) return refusal;
  const hint = 'look at the field that the refusal names: the service is newer or stricter than this client';
  return new HandoffError(refusal.code, {
    message: refusal.message,
    step: step ?? 'miaw.capabilities',
    ...(step ? {} : { hint }),
    ...(refusal.details ? { details: refusal.details } : {}),
    cause: refusal,
  });
}

const CUSTOM_CLIENT = 'Custom Client';
const SHORT_LIFE_MS = 60_000;

function tokenOutcome(token: GuestToken, type: unknown, now: number): CheckOutcome {
  const about = ['guest', ...(typeof type === 'string' ? [`type ${typeName(type)}`] : [])];
  if (token.expiresAt === undefined) return passed(about.join(', '));
  const leftMs = token.expiresAt - now;
  const data = { expiresAt: dateOf(token.expiresAt)?.toISOString() };
  if (leftMs >= SHORT_LIFE_MS) return passed([...about, `expires in ${longDuration(leftMs)}`].join(', '), data);
  return {
    status: 'warn',
    cause: 'TOKEN_EXPIRES_SOON',
    message: leftMs > 0 ? `The token expires in ${formatDuration(leftMs)}` : 'The token has already expired',
    hint: 'set this computer’s clock right; if it is, raise the lifetime of guest tokens on the channel, and renew tokens instead of asking for new guests',
    step: 'miaw.capabilities',
    data,
  };
}

/** As published; what the token carries is what later requests are judged by. */
export async function publishedConfig(probe: Probe): Promise<EmbeddedServiceConfig | undefined> {
  const { config } = await probe.token();
  if (config) return config;
  const answer = await probe.deployment().catch(() => undefined);
  return answer?.kind === 'published' ? answer.config : undefined;
}

/** What the wizard calls a Custom Client is stored as `api`. */
function typeName(type: string): string {
  return /^(api|custom[ _-]?client)$/i.test(type) ? CUSTOM_CLIENT : type;
}

function longDuration(ms: number): string {
  const hours = ms / 3_600_000;
  return hours >= 2 ? `${Math.round(hours)} h` : formatDuration(ms);
}
