import type { CheckOutcome } from '../../core/check.ts';
import { formatDuration } from '../../core/duration.ts';
import { type ErrorCode, HandoffError } from '../../core/errors.ts';
import type { EmbeddedServiceConfig } from '../../protocol/miaw.ts';
import type { GuestToken } from '../../transport/miaw-api.ts';
import { shown } from '../../values/clean-text.ts';
import type { Probe } from '../probe.ts';
import { serviceNow } from './clock.ts';
import { typeName } from './deployment-type.ts';
import { assertFitForGuests, isOfNoService, refusalMeant } from './miaw-refusal.ts';
import { dateOf } from './moments.ts';
import { passed, skipped } from './outcomes.ts';

/** Answers by which a server says that it does not have this undocumented resource. */
const NO_SUCH_RESOURCE: readonly ErrorCode[] = [
  'NOT_FOUND',
  'REQUEST_REJECTED',
  'ACCESS_DENIED',
  'NOT_THE_SERVICE',
  'REDIRECTED',
];

/** Answers by which it says that it has the resource, and not the answer at the moment. */
const FAILING: readonly ErrorCode[] = ['SERVICE_ERROR', 'RATE_LIMITED'];

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
    if (NO_SUCH_RESOURCE.includes(thrown.code) || thrown.details?.status === 501)
      return skipped('this server does not tell its deployments');
    if (!FAILING.includes(thrown.code)) throw thrown;
    return failing(thrown, probe);
  }
}

/** No bot needs the resource: its failure counts only where nothing else fails, for then that is told there. */
async function failing({ code, details }: HandoffError, probe: Probe): Promise<CheckOutcome> {
  const others = await Promise.allSettled([probe.token(), probe.stream()]);
  if (others.some(({ status }) => status === 'rejected'))
    return skipped('the service fails to tell its deployments; the token and the event stream tell more');
  const status = typeof details?.status === 'number' ? ` (status ${details.status})` : '';
  return {
    status: 'warn',
    cause: code,
    message: `The service fails to tell its deployments${status}; token and event stream work, so chats are not concerned`,
    hint: 'ask again in a minute, or let doctor wait: --wait 10m; status.salesforce.com shows outages',
  };
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
  const isDoubted = refusal instanceof HandoffError && refusal.code === 'DEPLOYMENT_UNKNOWN';
  if (isDoubted && !(await isOfNoService(refusal, probe))) throw refusal;
  return skipped('this server does not tell its deployments; the token shows whether the name is right');
}

export async function lookAtToken(probe: Probe): Promise<CheckOutcome> {
  const token = await probe.token().catch(async (thrown: unknown) => {
    throw await refusalMeant(thrown, probe);
  });
  const config = await publishedConfig(probe);
  assertFitForGuests(config);
  const { date } = (await probe.answered()).headers;
  return tokenOutcome(token, config?.deploymentType, probe, serviceNow(date, probe.clock.now()));
}

const SHORT_LIFE_MS = 60_000;
const LIFETIME =
  'set this computer’s clock right; if it is, raise the lifetime of guest tokens on the channel, and renew tokens instead of asking for new guests';

/** `now` is the service's own time: the token is judged by it, and a wrong clock of ours is told elsewhere. */
async function tokenOutcome(token: GuestToken, type: unknown, probe: Probe, now: number): Promise<CheckOutcome> {
  const about = ['guest', ...(typeof type === 'string' ? [`type ${typeName(type)}`] : [])];
  if (token.expiresAt === undefined) return passed(about.join(', '));
  const leftMs = token.expiresAt - now;
  const data = { expiresAt: dateOf(token.expiresAt)?.toISOString() };
  if (leftMs >= SHORT_LIFE_MS) return passed([...about, `expires in ${longDuration(leftMs)}`].join(', '), data);
  const life = leftMs > 0 ? `expires in ${formatDuration(leftMs)}` : 'has already expired';
  if (await isRefusedAsExpired(probe)) {
    const message = `The token that the service has just given ${life}, and its event stream refuses it`;
    throw new HandoffError('TOKEN_EXPIRED', { message, hint: LIFETIME, step: 'miaw.capabilities', details: data });
  }
  return {
    status: 'warn',
    cause: 'TOKEN_EXPIRES_SOON',
    message: `The token ${life}`,
    hint: LIFETIME,
    step: 'miaw.capabilities',
    data,
  };
}

/** What refuses a token at its end refuses it for that reason; everything else is the stream's own matter. */
async function isRefusedAsExpired(probe: Probe): Promise<boolean> {
  const refusal = await probe.stream().catch((thrown: unknown) => thrown);
  return refusal instanceof HandoffError && ['ACCESS_DENIED', 'TOKEN_EXPIRED'].includes(refusal.code);
}

/** As published; what the token carries is what later requests are judged by. */
export async function publishedConfig(probe: Probe): Promise<EmbeddedServiceConfig | undefined> {
  const { config } = await probe.token();
  if (config) return config;
  const answer = await probe.deployment().catch(() => undefined);
  return answer?.kind === 'published' ? answer.config : undefined;
}

function longDuration(ms: number): string {
  const hours = ms / 3_600_000;
  return hours >= 2 ? `${Math.round(hours)} h` : formatDuration(ms);
}
