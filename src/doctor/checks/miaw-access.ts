import type { CheckOutcome } from '../../core/check.ts';
import { formatDuration } from '../../core/duration.ts';
import { type ErrorCode, HandoffError } from '../../core/errors.ts';
import type { EmbeddedServiceConfig } from '../../protocol/miaw.ts';
import type { GuestToken } from '../../transport/miaw-api.ts';
import { shown } from '../../values/clean-text.ts';
import type { Probe } from '../probe.ts';
import { dateOf } from './moments.ts';
import { passed, skipped } from './outcomes.ts';

/** Answers by which a server says that it does not have this undocumented resource. */
const NO_SUCH_RESOURCE: readonly ErrorCode[] = ['NOT_FOUND', 'REQUEST_REJECTED', 'ACCESS_DENIED', 'NOT_THE_SERVICE'];

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
    if (!(thrown instanceof HandoffError) || !NO_SUCH_RESOURCE.includes(thrown.code)) throw thrown;
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
  const token = await probe.token().catch((thrown: unknown) => {
    throw withStep(thrown);
  });
  const config = await publishedConfig(probe);
  const type = config?.deploymentType;
  if (typeof type === 'string' && typeName(type) !== CUSTOM_CLIENT) {
    const message = `The deployment is of type ${type}, not Custom Client`;
    throw new HandoffError('DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT', { message });
  }
  const authMode = config?.embeddedServiceMessagingChannel?.authMode;
  if (typeof authMode === 'string' && authMode.toLowerCase() === 'auth') throw new HandoffError('USER_VERIFICATION_ON');
  return tokenOutcome(token, type, probe.clock.now());
}

/** A refused request is a matter of what was sent; the refusal names the field. */
function withStep(thrown: unknown): unknown {
  if (!(thrown instanceof HandoffError) || thrown.code !== 'REQUEST_REJECTED') return thrown;
  const hint = 'look at the field that the refusal names: the service is newer or stricter than this client';
  return new HandoffError('REQUEST_REJECTED', {
    message: thrown.message,
    hint,
    step: 'miaw.capabilities',
    ...(thrown.details ? { details: thrown.details } : {}),
    cause: thrown,
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
