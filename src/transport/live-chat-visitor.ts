import type { LiveChatConfig } from '../core/config.ts';
import type { Http, HttpRequest, HttpResponse } from '../core/http.ts';
import type { Secrets } from '../core/redact.ts';
import { parseJson } from '../http/parse.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import { inLiveChatTerms, liveChatFailure, refusedInWords, tellsNothing } from './live-chat-errors.ts';
import { type Fields, fieldsOf, listOf, textOf, wholeFrom } from './live-chat-fields.ts';
import { linkDelete, liveChatUrl, visitorHeaders } from './live-chat-link.ts';
import { movedTo, refuseTransposedHost, tidyLiveAgentUrl } from './live-chat-server.ts';
import { askSessionId } from './live-chat-session-id.ts';

const DEFAULT_TIMEOUT_MS = 10_000;

/** The org is on another server; `newUrl` is in the form an admin enters, or empty where the service did not say. */
export interface Moved {
  readonly kind: 'moved';
  readonly newUrl: string;
}

/** `found` is false where the button is not even listed; a listed one without the flag is not available. */
export interface AvailabilityAnswer {
  readonly kind: 'availability';
  readonly found: boolean;
  readonly available: boolean;
  readonly estimatedWaitSeconds?: number;
}

interface ButtonFacts {
  readonly id: string;
  readonly type?: string;
  readonly language?: string;
  readonly available: boolean;
}

/** `found` tells whether our button is among the listed ones; invitations of the deployment are listed with it. */
export interface SettingsAnswer {
  readonly kind: 'settings';
  readonly found: boolean;
  readonly buttons: readonly ButtonFacts[];
}

/** Whether an agent could take a chat now. Vendor page: "Availability". */
export async function askAvailability(
  http: Http,
  config: LiveChatConfig,
  signal?: AbortSignal,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<AvailabilityAnswer | Moved> {
  refuseTransposedHost(config.liveAgentUrl);
  const request = { ...availabilityQuestion(config), timeoutMs, ...(signal && { signal }) };
  return readAvailability(await inLiveChatTerms(http.request(request)), config);
}

/** The request behind `askAvailability`: needs no session and rings nobody, for callers that ask it by themselves. */
export function availabilityQuestion(config: Omit<LiveChatConfig, 'channel'>): HttpRequest {
  const query = { 'Availability.ids': config.buttonId, 'Availability.needEstimatedWaitTime': '1' };
  return question(config, 'Availability', query);
}

/** What an answer to `availabilityQuestion` says. */
export async function readAvailability(
  response: HttpResponse,
  config: LiveChatConfig,
): Promise<AvailabilityAnswer | Moved> {
  const answer = await inLiveChatTerms(readAnswer(response, 'Availability'));
  if ('kind' in answer) return answer;
  const result = listOf(answer.message.results)
    .map(fieldsOf)
    .find((entry) => sameId(entry.id, config.buttonId));
  const wait = wholeFrom(0, result?.estimatedWaitTime);
  return {
    kind: 'availability',
    found: result !== undefined,
    available: result?.isAvailable === true,
    ...(wait !== undefined && { estimatedWaitSeconds: wait }),
  };
}

/** The buttons the service knows for this deployment. Vendor page: "Settings". */
export async function askSettings(
  http: Http,
  config: LiveChatConfig,
  signal?: AbortSignal,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<SettingsAnswer | Moved> {
  refuseTransposedHost(config.liveAgentUrl);
  const query = { 'Settings.buttonIds': `[${config.buttonId}]`, 'Settings.needEstimatedWaitTime': '1' };
  const request = { ...question(config, 'Settings', query), timeoutMs, ...(signal && { signal }) };
  const answer = await inLiveChatTerms(http.request(request).then((response) => readAnswer(response, 'Settings')));
  if ('kind' in answer) return answer;
  const buttons = listOf(answer.message.buttons).map(fieldsOf).flatMap(buttonFacts);
  return { kind: 'settings', found: buttons.some((button) => sameId(button.id, config.buttonId)), buttons };
}

/** Proves that the server gives sessions, and leaves none behind. Rings nobody, for no chat is requested. */
export async function openAndCloseSession(
  http: Http,
  config: LiveChatConfig,
  secrets: Secrets,
  signal?: AbortSignal,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<{ clientPollTimeoutSeconds: number }> {
  refuseTransposedHost(config.liveAgentUrl);
  const link = await inLiveChatTerms(askSessionId(http, secrets, { url: config.liveAgentUrl, timeoutMs, signal }));
  // A session without a chat expires by itself, so a failing goodbye is not worth failing for.
  await linkDelete(link, new AbortController().signal).catch(() => undefined);
  return { clientPollTimeoutSeconds: link.clientPollTimeoutSeconds };
}

type Noun = 'Availability' | 'Settings';

function question(
  config: Omit<LiveChatConfig, 'channel'>,
  noun: Noun,
  asked: Readonly<Record<string, string>>,
): HttpRequest {
  const path = noun === 'Availability' ? LIVE_CHAT_PATHS.availability : LIVE_CHAT_PATHS.settings;
  const query = { org_id: config.orgId, deployment_id: config.deploymentId, ...asked };
  return { url: liveChatUrl(config.liveAgentUrl, path, query), headers: visitorHeaders() };
}

async function readAnswer(response: HttpResponse, noun: Noun): Promise<{ message: Fields } | Moved> {
  const what = `Visitor/${noun}`;
  // Nothing about a button says no more than that nobody is there for it.
  if (response.status === 204 && noun === 'Availability') return { message: {} };
  if (response.status !== 200) throw liveChatFailure(response, what, 'handshake');
  const body = parseJson(response, what);
  const newUrl = movedTo(body);
  if (newUrl !== undefined) return { kind: 'moved', newUrl: newUrl === '' ? '' : tidyLiveAgentUrl(newUrl) };
  const { messages } = fieldsOf(body);
  if (noun === 'Settings' && !Array.isArray(messages)) throw tellsNothing(what);
  const entries = listOf(messages).map(fieldsOf);
  const entry = entries.find((message) => message.type === noun);
  const refusal = entry ? undefined : refusedInWords(entries, what);
  if (refusal) throw refusal;
  return { message: fieldsOf(entry?.message) };
}

function buttonFacts(button: Fields): ButtonFacts[] {
  const id = textOf(button.id);
  if (id === undefined) return [];
  const type = textOf(button.type);
  const language = textOf(button.language);
  return [{ id, ...(type && { type }), ...(language && { language }), available: button.isAvailable === true }];
}

/** Servers echo the id that was asked for; one that lengthens it to 18 characters means the same button. */
function sameId(given: unknown, id: string): boolean {
  return typeof given === 'string' && (given === id || (given.length === 18 && given.slice(0, 15) === id));
}
