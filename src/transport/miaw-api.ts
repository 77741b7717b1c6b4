import type { Random } from '../core/clock.ts';
import type { MiawConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { Http, HttpResponse } from '../core/http.ts';
import type { Secrets } from '../core/redact.ts';
import { fitsHeader } from '../http/header-text.ts';
import { parseJson } from '../http/parse.ts';
import { type EmbeddedServiceConfig, MIAW_PATHS, type TokenRequest } from '../protocol/miaw.ts';
import { miawError } from './miaw-errors.ts';
import { refuseTransposedHost } from './miaw-host.ts';
import { isObject, objectOf, textOf } from './miaw-json.ts';
import { readClaims } from './miaw-jwt.ts';

export {
  askBusinessHours,
  askDeploymentConfig,
  type BusinessHours,
  type DeploymentAnswer,
} from './miaw-deployment.ts';
export { openStream } from './miaw-open-stream.ts';

/** A token and what came with it. `accessToken` is a secret; `config` is the deployment as published. */
export interface GuestToken {
  readonly accessToken: string;
  /** Opaque, the `Last-Event-Id` of the first stream; null where the service gives none. */
  readonly lastEventId: string | null;
  readonly subject?: string;
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
  readonly config?: EmbeddedServiceConfig;
}

export interface MiawDeps {
  readonly http: Http;
  readonly secrets: Secrets;
  readonly timeoutMs?: number;
}

/** From 62 progress notes arrive, from 63 streamed words. */
const CAPABILITIES_VERSION = '63';
const CLIENT = { appName: 'sf-handoff', clientVersion: '1.0.0' } as const;

/**
 * Becomes a new guest. Never repeated: every call makes another person, and their number per minute is limited.
 * Vendor page: "Authorization". Throws what `miawError` says, or NOT_THE_SERVICE for an answer without a token.
 */
export async function requestGuestToken(
  deps: MiawDeps & { readonly random: Random },
  config: MiawConfig,
  signal?: AbortSignal,
): Promise<GuestToken> {
  refuseTransposedHost(config);
  const body: TokenRequest = {
    orgId: config.orgId,
    esDeveloperName: config.developerName,
    capabilitiesVersion: CAPABILITIES_VERSION,
    platform: 'Web',
    context: CLIENT,
    deviceId: deps.random.uuid(),
  };
  const response = await deps.http.request({
    method: 'POST',
    url: `${config.baseUrl}${MIAW_PATHS.guestToken}`,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
    ...limits(deps, signal),
  });
  return readToken(deps, response);
}

/** A fresh token for the same guest; by the vendor's words it does not live longer than the old one. */
export async function renewToken(
  deps: MiawDeps,
  config: MiawConfig,
  accessToken: string,
  signal?: AbortSignal,
): Promise<GuestToken> {
  const response = await deps.http.request({
    url: `${config.baseUrl}${MIAW_PATHS.continuationToken}`,
    headers: { Accept: 'application/json', Authorization: `Bearer ${accessToken}` },
    ...limits(deps, signal),
  });
  // A refusal here speaks of the token, not of the deployment.
  if (!isSuccess(response)) throw miawError('read', response, deps.secrets);
  return readToken(deps, response);
}

function limits(deps: MiawDeps, signal: AbortSignal | undefined) {
  return { ...(deps.timeoutMs ? { timeoutMs: deps.timeoutMs } : {}), ...(signal ? { signal } : {}) };
}

function readToken({ secrets }: MiawDeps, response: HttpResponse): GuestToken {
  if (!isSuccess(response)) throw miawError('token', response, secrets);
  const answer = objectOf(parseJson(response, 'the token answer'));
  const accessToken = textOf(answer.accessToken);
  if (!accessToken)
    throw new HandoffError('NOT_THE_SERVICE', { message: 'The answer to the token call holds no token' });
  secrets.add(accessToken);
  const lastEventId = eventIdOf(answer.lastEventId);
  if (!fitsHeader(accessToken) || !fitsHeader(lastEventId ?? ''))
    throw new HandoffError('NOT_THE_SERVICE', { message: 'The token answer holds characters that no token has' });
  const context = objectOf(answer.context);
  const claims = readClaims(accessToken);
  const subject = textOf(objectOf(context.endUser).subject) ?? claims.subject;
  const { embeddedServiceConfig } = objectOf(context.configuration);
  return {
    ...claims,
    accessToken,
    lastEventId,
    ...(subject ? { subject } : {}),
    ...(isObject(embeddedServiceConfig) ? { config: embeddedServiceConfig } : {}),
  };
}

function eventIdOf(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : (textOf(value) ?? null);
}

export function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}
