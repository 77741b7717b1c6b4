import type { MiawConfig } from '../core/config.ts';
import type { Http, HttpRequest, HttpResponse } from '../core/http.ts';
import { parseJson } from '../http/parse.ts';
import { type EmbeddedServiceConfig, MIAW_PATHS } from '../protocol/miaw.ts';
import { miawError } from './miaw-errors.ts';
import { refuseTransposedHost } from './miaw-host.ts';
import { isObject, jsonOf, numberOf, objectOf, objectsOf } from './miaw-json.ts';
import { toEpochMs } from './miaw-jwt.ts';

/** How the service knows the deployment: no login, no session, nobody is disturbed. */
export type DeploymentAnswer =
  | { readonly kind: 'published'; readonly config: EmbeddedServiceConfig }
  | { readonly kind: 'unpublished' }
  /** Usually the name of the channel, a label, or a name of another org. */
  | { readonly kind: 'unknown-name' };

/** Open intervals in epoch milliseconds; `always` where the deployment has none set, `unknown` where the service does not tell. */
export interface BusinessHours {
  readonly kind: 'always' | 'hours' | 'unknown';
  readonly intervals: readonly { readonly startsAt: number; readonly endsAt: number }[];
}

const LANGUAGE = 'en_US';
const ALWAYS: BusinessHours = { kind: 'always', intervals: [] };

/** The deployment as published for web clients; undocumented, so a missing member means unknown. Throws what `miawError` says. */
export async function askDeploymentConfig(
  http: Http,
  config: MiawConfig,
  signal?: AbortSignal,
): Promise<DeploymentAnswer> {
  refuseTransposedHost(config);
  return readDeploymentConfig(await http.request({ ...deploymentQuestion(config), ...(signal ? { signal } : {}) }));
}

/** The request behind `askDeploymentConfig`: the service's cheapest question, for callers that ask it by themselves. */
export function deploymentQuestion(config: Omit<MiawConfig, 'channel'>): HttpRequest {
  const url = `${config.baseUrl}${MIAW_PATHS.deploymentConfig}?${query(config)}&language=${LANGUAGE}`;
  return { url, headers: { Accept: 'application/json' } };
}

/** What an answer to `deploymentQuestion` says. Throws what `miawError` says. */
export function readDeploymentConfig(response: HttpResponse): DeploymentAnswer {
  if (response.status === 200) {
    const answer = objectOf(parseJson(response, 'the deployment configuration'));
    const { embeddedServiceConfig } = answer;
    return { kind: 'published', config: isObject(embeddedServiceConfig) ? embeddedServiceConfig : answer };
  }
  const error = miawError('config', response);
  if (error.code === 'DEPLOYMENT_NOT_PUBLISHED') return { kind: 'unpublished' };
  if (error.code === 'DEPLOYMENT_UNKNOWN') return { kind: 'unknown-name' };
  throw error;
}

/** Servers without the question, which belongs to web clients, or that do not answer it to everybody. */
const NOT_TOLD: readonly number[] = [401, 403, 404, 405, 410, 412, 501];

/** When the deployment takes conversations. Servers say "no hours set" by 204 or 400. */
export async function askBusinessHours(http: Http, config: MiawConfig, signal?: AbortSignal): Promise<BusinessHours> {
  refuseTransposedHost(config);
  const url = `${config.baseUrl}${MIAW_PATHS.businessHours}?${query(config)}`;
  const response = await http.request({ url, headers: { Accept: 'application/json' }, ...(signal ? { signal } : {}) });
  if (NOT_TOLD.includes(response.status)) return { kind: 'unknown', intervals: [] };
  if ([204, 400].includes(response.status)) return ALWAYS;
  if (response.status !== 200) throw miawError('config', response);
  const info = objectOf(objectOf(jsonOf(response.body)).businessHoursInfo);
  const intervals = objectsOf(info.businessHours).flatMap((interval) => {
    const startsAt = toEpochMs(numberOf(interval.startTime));
    const endsAt = toEpochMs(numberOf(interval.endTime));
    return startsAt === undefined || endsAt === undefined ? [] : [{ startsAt, endsAt }];
  });
  return intervals.length > 0 ? { kind: 'hours', intervals } : ALWAYS;
}

function query(config: Omit<MiawConfig, 'channel'>): string {
  return new URLSearchParams({ orgId: config.orgId, esConfigName: config.developerName }).toString();
}
