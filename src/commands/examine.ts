import type { Suppression } from '../config/suppressions.ts';
import type { Context } from '../context.ts';
import type { CheckLevel, CheckResult } from '../core/check.ts';
import type { HandoffConfig } from '../core/config.ts';
import type { Http } from '../core/http.ts';
import type { OpenSession } from '../core/session.ts';
import { type CheckQuery, selectChecks } from '../doctor/checks/select.ts';
import { VALUE_CHECKS } from '../doctor/checks/values.ts';
import type { ProbeOptions } from '../doctor/probe.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { ownSuppressions, suppress } from '../doctor/suppress.ts';
import { tellOnce } from '../doctor/tell-once.ts';
import { type DoctorRun, toRun } from './doctor-output.ts';
import { keepLeftover } from './leftover.ts';
import { type NetworkFlags, networkOptions } from './options.ts';
import type { Target } from './target.ts';

export interface ExamineOptions extends NetworkFlags {
  readonly level?: CheckLevel;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: 'fail' | 'warn';
  readonly simulate?: string | true;
}

export function selection(options: ExamineOptions): { only?: readonly string[]; skip?: readonly string[] } {
  return { ...(options.only ? { only: options.only } : {}), ...(options.skip ? { skip: options.skip } : {}) };
}

/** What several examinations share, or want besides. */
export interface ExamineTools {
  readonly http?: Http;
  readonly suppressions?: readonly Suppression[];
}

/** Runs the checks once on one target; `tell` hears the title of each as it comes in. */
export async function examine(
  target: Target,
  options: ExamineOptions,
  context: Context,
  tell: (title: string) => void,
  tools: ExamineTools = {},
): Promise<DoctorRun> {
  const { validation } = target;
  const level = options.level ?? 'service';
  const { clock, random, secrets, signal } = context;
  const network = await networkOptions(options, context);
  const started = clock.now();
  const http = tools.http ?? (await httpFor(level, network, context));
  const { timeoutMs } = network;
  const { config } = validation;
  const suppressions = ownSuppressions(tools.suppressions ?? [], target.name);
  // A simulator started for this run ends with it.
  const leftover = level === 'chat' && options.simulate === undefined ? await keepLeftover(context) : undefined;
  const parts = {
    ...{ validation, config, http, clock, random, secrets, signal, timeoutMs, level, suppressions },
    openChat: openLater,
    ...(leftover ? { leftover } : {}),
  };
  const results: CheckResult[] = [];
  for await (const result of resultsOf({ channel: validation.channel, level, ...selection(options) }, parts)) {
    tell(result.title);
    results.push(result);
  }
  return toRun(target, tellOnce(suppress(results, suppressions, clock.now())), {
    failOn: options.failOn ?? 'fail',
    durationMs: clock.now() - started,
  });
}

/** Level offline asks nobody, so what is needed for asking is not even loaded. */
async function* resultsOf(
  query: CheckQuery,
  parts: ProbeOptions & { readonly suppressions: readonly Suppression[] },
): AsyncGenerator<CheckResult> {
  const { clock, signal, timeoutMs } = parts;
  if (query.level === 'offline' && !query.only && !query.skip) {
    yield* runChecks(selectChecks(VALUE_CHECKS, query).checks, parts, { clock, signal, timeoutMs });
    return;
  }
  const { checksFor } = await import('../doctor/checks/index.ts');
  const { createProbe } = await import('../doctor/probe.ts');
  const { checks, reported } = checksFor(query);
  await using probe = createProbe(parts);
  yield* runChecks(checks, probe, { clock, signal, timeoutMs, reported });
}

/** Loads the transports only when a chat is really opened. */
const openLater: OpenSession<HandoffConfig> = async (...chat) =>
  (await import('../transport/open-session.ts')).openSession(...chat);

/** Level offline must not even load the network; its probe gets a network that refuses. */
export async function httpFor(
  level: CheckLevel,
  network: Parameters<Context['http']>[0],
  context: Context,
): Promise<Http> {
  if (level !== 'offline') return context.http(network);
  const refuse = () => Promise.reject(new Error('Level offline asks nothing of the network'));
  return {
    request: refuse,
    stream: refuse,
    resolve: refuse,
    connect: refuse,
    handshake: refuse,
    close: () => Promise.resolve(),
  };
}
