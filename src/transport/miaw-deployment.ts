import type { MiawConfig } from '../core/config.ts';
import type { Http, HttpRequest, HttpResponse } from '../core/http.ts';
import { parseJson } from '../http/parse.ts';
import { type EmbeddedServiceConfig, MIAW_PATHS } from '../protocol/miaw.ts';
import { miawError } from './miaw-errors.ts';
import { refuseTransposedHost } from './miaw-host.ts';
import { isObject, type JsonObject, jsonOf, numberOf, objectOf, objectsOf } from './miaw-json.ts';
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
  return readBusinessHours(objectsOf(info.businessHours));
}

const DAY_MS = 86_400_000;

/**
 * Salesforce writes midnight to midnight for open all day, so a span from a moment to itself is a whole day, and from 0 to 0 is
 * always. Other numbers below a day are times of day in a zone that the answer does not name: they prove nothing.
 */
function readBusinessHours(listed: readonly JsonObject[]): BusinessHours {
  if (listed.length === 0) return ALWAYS;
  const spans = listed.flatMap(({ startTime, endTime }) => {
    const [start, end] = [numberOf(startTime), numberOf(endTime)];
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
  const intervals = spans.filter(({ end }) => Math.abs(end) > DAY_MS).map(intervalOf);
  if (intervals.length > 0) return { kind: 'hours', intervals };
  return spans.some(({ start, end }) => start === 0 && isEndOfDay(end)) ? ALWAYS : { kind: 'unknown', intervals };
}

/** Midnight, or the last minute before it, in seconds or milliseconds. */
function isEndOfDay(time: number): boolean {
  return time === 0 || (time >= 86_340 && time <= 86_400) || (time >= 86_340_000 && time <= DAY_MS);
}

function intervalOf({ start, end }: { readonly start: number; readonly end: number }) {
  const [startsAt, endsAt] = [toEpochMs(start), toEpochMs(end)];
  return { startsAt, endsAt: start === end ? startsAt + DAY_MS : endsAt };
}

function query(config: Omit<MiawConfig, 'channel'>): string {
  return new URLSearchParams({ orgId: config.orgId, esConfigName: config.developerName }).toString();
}
