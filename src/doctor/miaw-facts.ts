import { withDeadline } from '../core/clock.ts';
import type { MiawConfig } from '../core/config.ts';
import { type ErrorCode, HandoffError } from '../core/errors.ts';
import type { HttpResponse, HttpStream } from '../core/http.ts';
import { MIAW_PATHS } from '../protocol/miaw.ts';
import type { GuestToken } from '../transport/miaw-api.ts';
import {
  askBusinessHours,
  type BusinessHours,
  type DeploymentAnswer,
  readDeploymentConfig,
} from '../transport/miaw-deployment.ts';
import { GLANCE_MS, HEARTBEAT_MS } from './patience.ts';
import type { Fact, ProbeOptions } from './probe.ts';

export interface MiawFacts {
  deployment(): Promise<DeploymentAnswer>;
  /** The run's one guest of its own; an open chat is a second one. */
  token(): Promise<GuestToken>;
  businessHours(): Promise<BusinessHours>;
  /** Opens the event stream, waits for a sign of life, and closes it. No conversation is made. */
  stream(): Promise<StreamFacts>;
  /** Whether the host has the address of the event stream at all, asked without a token. True where nobody can tell. */
  hasEventStream(): Promise<boolean>;
}

/** `firstByteMs` is undefined where nothing came within `waitedMs`. */
interface StreamFacts {
  readonly openedMs: number;
  readonly firstByteMs?: number;
  readonly waitedMs: number;
}

/** `answered` is the answer of the front door, which tells the deployment. */
export function askMiaw(options: ProbeOptions, fact: Fact, answered: () => Promise<HttpResponse>): MiawFacts {
  const { http, random, secrets, timeoutMs } = options;
  const config = (): MiawConfig => {
    if (options.config?.channel === 'miaw') return options.config;
    throw new HandoffError('MISSING_VALUE');
  };
  const token = fact(async (_, signal) => {
    // Loaded when asked: the offline level never needs it.
    const { requestGuestToken } = await import('../transport/miaw-api.ts');
    return requestGuestToken({ http, random, secrets, timeoutMs }, config(), signal);
  });
  return {
    token,
    deployment: fact(async () => readDeploymentConfig(await answered())),
    businessHours: fact((_, signal) => askBusinessHours(http, config(), signal)),
    stream: fact(async (_, signal) => look(options, config(), await token(), signal)),
    hasEventStream: fact((url, signal) => isRouted(options, url, signal)),
  };
}

async function look(
  options: ProbeOptions,
  config: MiawConfig,
  token: GuestToken,
  signal: AbortSignal,
): Promise<StreamFacts> {
  const { clock, timeoutMs } = options;
  const startedAt = clock.now();
  const stream = await opened(options, config, token, signal);
  const openedMs = clock.now() - startedAt;
  try {
    const patienceMs = timeoutMs >= HEARTBEAT_MS ? HEARTBEAT_MS : GLANCE_MS;
    const waitedMs = Math.max(1, Math.min(patienceMs, timeoutMs - openedMs));
    const came = await firstByte(options, stream, waitedMs, signal);
    return { openedMs, waitedMs, ...(came ? { firstByteMs: clock.now() - startedAt } : {}) };
  } finally {
    stream.close();
  }
}

async function isRouted({ http, timeoutMs }: ProbeOptions, url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const stream = await http.stream({ url: `${url}${MIAW_PATHS.stream}`, timeoutMs, signal });
    stream.close();
    return stream.status !== 404;
  } catch (thrown) {
    if (thrown instanceof HandoffError) return true;
    throw thrown;
  }
}

/** Connection and token are proven by now, so a failure here says something about the stream. */
async function opened(
  { http, clock, secrets, timeoutMs }: ProbeOptions,
  config: MiawConfig,
  { accessToken, lastEventId }: GuestToken,
  signal: AbortSignal,
): Promise<HttpStream> {
  const { openStream } = await import('../transport/miaw-open-stream.ts');
  try {
    return await openStream({ http, clock, secrets, timeoutMs }, config, { accessToken, lastEventId }, signal);
  } catch (thrown) {
    throw thrown instanceof HandoffError ? ofStream(thrown, config, timeoutMs) : thrown;
  }
}

/** The token came from the same host, so it is not the address. */
const BETWEEN =
  'a proxy that buffers or inspects is the usual cause: allow port 443 to the host without either, then compare the Base URL with Setup';

const OF_THE_WAY: readonly ErrorCode[] = ['NOT_FOUND', 'NOT_THE_SERVICE', 'REDIRECTED', 'CONNECTION_LOST'];

function ofStream(error: HandoffError, { orgId, baseUrl }: MiawConfig, timeoutMs: number): HandoffError {
  const { details } = error;
  const more = { cause: error, ...(details ? { details } : {}) };
  if (error.code === 'TIMED_OUT') {
    return new HandoffError('STREAM_SILENT', {
      message: `The event stream was not answered within ${timeoutMs / 1000} s`,
      ...more,
    });
  }
  if (OF_THE_WAY.includes(error.code)) {
    return new HandoffError(error.code, { message: error.message, hint: BETWEEN, step: 'miaw.capabilities', ...more });
  }
  // A Spring service has no more to say than the name of the status.
  const isWordless = details?.words === undefined || details.words === 'Bad Request';
  if (error.code === 'REQUEST_REJECTED' && details?.status === 400 && isWordless) {
    return new HandoffError('ORG_MISMATCH', {
      message: 'The event stream refuses the organization, or does not see it (400), though the token was given',
      hint: `check that organization ${orgId} belongs to ${new URL(baseUrl).host}; a proxy that takes the X-Org-Id header away looks the same`,
      step: 'miaw.2',
      ...more,
    });
  }
  if (error.code !== 'TOKEN_EXPIRED' && error.code !== 'ACCESS_DENIED') return error;
  if (/expired/i.test(String(details?.words ?? ''))) {
    return new HandoffError('TOKEN_EXPIRED', {
      message: 'The event stream says that the token has expired, which the service has just given',
      hint: 'raise the lifetime of guest tokens on the channel; if it is some hours, ask Salesforce: the clocks of its servers disagree',
      step: 'miaw.capabilities',
      ...more,
    });
  }
  return new HandoffError('ACCESS_DENIED', {
    message: 'The event stream refuses the token that the service has just given',
    hint: `check that organization ${orgId} belongs to ${new URL(baseUrl).host}; or a proxy that inspects takes the Authorization header away: allow port 443 without it`,
    step: 'miaw.capabilities',
    ...more,
  });
}

async function firstByte(
  { clock }: ProbeOptions,
  stream: HttpStream,
  ms: number,
  outer: AbortSignal,
): Promise<boolean> {
  const silence = new HandoffError('STREAM_SILENT');
  const read = () => stream.chunks[Symbol.asyncIterator]().next();
  try {
    const { done } = await withDeadline(clock, ms, () => silence, read, outer);
    if (!done) return true;
  } catch (thrown) {
    if (thrown === silence) return false;
    throw thrown;
  }
  throw new HandoffError('CONNECTION_LOST', {
    message: 'The event stream was closed before anything came through it',
    hint: BETWEEN,
    step: 'miaw.capabilities',
  });
}
