import type { Suppression } from '../config/suppressions.ts';
import type { CheckLevel } from '../core/check.ts';
import { type Clock, type Random, withDeadline } from '../core/clock.ts';
import type { HandoffConfig, Validation } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { Channel } from '../core/events.ts';
import type { ConnectedHost, Http, HttpResponse, ResolvedHost, TlsFacts } from '../core/http.ts';
import type { LeftoverKeeper } from '../core/leftover.ts';
import type { Secrets } from '../core/redact.ts';
import type { OpenSession } from '../core/session.ts';
import { asLiveChatError } from '../transport/live-chat-errors.ts';
import { type ChatRun, createChatRun } from './chat-run.ts';
import { frontDoor } from './front-door.ts';
import { askLiveChat, type LiveChatFacts } from './live-chat-facts.ts';
import { askMiaw, type MiawFacts } from './miaw-facts.ts';
import { type Once, once } from './once.ts';
import { AGENT_WITHIN_MS } from './patience.ts';
import { isTransposed, serviceUrl } from './service-url.ts';

/** A request names what it waited for, so its own time limit is let come first. */
const GRACE_MS = 100;

export interface ProbeOptions {
  readonly validation: Validation;
  readonly config: HandoffConfig | null;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
  /** Limit of each fact, in milliseconds. */
  readonly timeoutMs: number;
  /** A chat is opened at level `chat` only. */
  readonly level: CheckLevel;
  readonly openChat: OpenSession<HandoffConfig>;
  readonly agentWithinMs?: number;
  /** Told what it takes to close the test chat from outside. */
  readonly leftover?: LeftoverKeeper;
  /** What the project lets pass for this profile. */
  readonly suppressions?: readonly Suppression[];
}

/** What a run of checks knows or can find out. Every fact is asked at most once; disposing closes what is still open. */
export interface Probe extends LiveChatFacts, MiawFacts, AsyncDisposable {
  readonly validation: Validation;
  readonly config: HandoffConfig | null;
  /** The address of the service, as far as it is known even where other values are missing. */
  readonly url: string | null;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly agentWithinMs: number;
  readonly suppressions: readonly Suppression[];
  resolved(): Promise<ResolvedHost>;
  connected(): Promise<ConnectedHost>;
  /** Over IPv6 alone, for a host that has both kinds of addresses. */
  connectedBy6(): Promise<ConnectedHost>;
  handshaken(): Promise<TlsFacts>;
  /** What the service's cheapest question is answered with, whatever the status. */
  answered(): Promise<HttpResponse>;
  chat(): ChatRun;
}

/** Turns a question into a fact: asked once, within the time limit, and never of the transposed domain. */
export type Fact = <T>(ask: (url: string, signal: AbortSignal) => Promise<T>) => Once<T>;

export function createProbe(options: ProbeOptions): Probe {
  const { validation, config, http, clock, timeoutMs } = options;
  const url = serviceUrl(validation);
  const fact = factory(options, url);
  const rung: Fact = (ask) => fact((address, signal) => ask(address, signal).catch(inWordsOf(validation.channel)));
  const answered = rung((_, signal) => {
    const answer = http.request({ ...frontDoor(validation), timeoutMs, signal });
    if (validation.channel === 'miaw') void loadTokens(clock, signal);
    return answer;
  });
  const agentWithinMs = options.agentWithinMs ?? AGENT_WITHIN_MS;
  const chat = chatRun(options, url, agentWithinMs);
  return {
    validation,
    config,
    url,
    clock,
    timeoutMs,
    agentWithinMs,
    suppressions: options.suppressions ?? [],
    resolved: rung((address, signal) => http.resolve(address, signal)),
    connected: rung((address, signal) => http.connect(address, signal)),
    connectedBy6: rung((address, signal) => http.connect(address, signal, 6)),
    handshaken: rung((address, signal) => http.handshake(address, signal)),
    answered,
    ...askLiveChat(options, fact, answered),
    ...askMiaw(options, fact, answered),
    chat: chat.get,
    [Symbol.asyncDispose]: chat.close,
  };
}

/** What the next question needs is loaded while the first one is on its way. */
function loadTokens(clock: Clock, signal: AbortSignal): Promise<unknown> {
  const loaded = clock.sleep(1, signal).then(() => import('../transport/miaw-api.ts'));
  return loaded.catch(() => undefined);
}

function factory({ clock, timeoutMs, signal }: ProbeOptions, url: string | null): Fact {
  const overdue = () => new HandoffError('TIMED_OUT', { message: `No answer within ${timeoutMs / 1000} s` });
  return (ask) =>
    once(async () => {
      const address = reachable(url);
      return withDeadline(clock, timeoutMs + GRACE_MS, overdue, (limit) => ask(address, limit), signal);
    });
}

/** The table's hints for network errors speak of the newer channel. */
function inWordsOf(channel: Channel): (thrown: unknown) => never {
  return (thrown) => {
    throw channel === 'live-chat' ? asLiveChatError(thrown) : thrown;
  };
}

function chatRun(options: ProbeOptions, url: string | null, agentWithinMs: number) {
  let run: ChatRun | undefined;
  const start = (): ChatRun => {
    reachable(url);
    const { config, level, openChat, http, clock, random, secrets, signal, timeoutMs, leftover } = options;
    if (level !== 'chat') throw new HandoffError('INTERNAL', { message: 'A chat was asked for below --level chat' });
    if (!config) throw new HandoffError('MISSING_VALUE');
    const deps = { http, clock, random, secrets, signal, timeoutMs, ...(leftover ? { leftover } : {}) };
    return createChatRun({ config, openChat, deps, agentWithinMs });
  };
  const get = () => {
    run ??= start();
    return run;
  };
  return { get, close: async () => run?.[Symbol.asyncDispose]() };
}

function reachable(url: string | null): string {
  if (url === null) throw new HandoffError('MISSING_VALUE');
  if (isTransposed(url)) throw new HandoffError('BASE_URL_DOMAIN_SLIP');
  return url;
}
