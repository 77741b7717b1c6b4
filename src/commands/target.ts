import { loadValues, type ValueOptions } from '../config/load.ts';
import type { Context } from '../context.ts';
import {
  FIELDS,
  type FieldName,
  type GivenValue,
  type GivenValues,
  type HandoffConfig,
  type Validation,
} from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { Channel } from '../core/events.ts';
import type { Simulator } from '../simulator/model.ts';
import { isSrctHost } from '../values/hosts.ts';
import { validateValues } from '../values/validate.ts';
import type { TargetOptions } from './options.ts';

/** The values a command works on: judged, and mended where that was possible. */
export interface Target {
  readonly name: string;
  readonly given: GivenValues;
  readonly validation: Validation;
}

/** Loads and judges the values. Throws MISSING_VALUE where nothing at all was given. */
export async function resolveTarget(options: ValueOptions, context: Context): Promise<Target> {
  const target = await judgeTarget(options, context);
  const { values, unused } = target.given;
  // Only a paste tells what it could not use, and then it is that which is wrong.
  if (Object.keys(values).length === 0 && unused === undefined) {
    throw new HandoffError('MISSING_VALUE', {
      message: 'No values were given: no flags, no environment, no file, no profile',
      hint: 'give them by flags or --from, or save them once: sf-handoff init',
    });
  }
  return target;
}

/** Loads and judges whatever is there; where there is nothing, every value is a missing one. */
export async function judgeTarget(options: ValueOptions, context: Context): Promise<Target> {
  const { given, name } = await loadValues(options, {
    env: context.env,
    cwd: context.cwd,
    readStdin: () => context.readStdin(),
    storedProfiles: async () => (await context.profiles()).read(),
  });
  return { name, given, validation: validateValues(given, domainOf(options)) };
}

/** The domain of `--base-url-domain`. Throws INVALID_ARGUMENT for what is no bare domain name. */
export function domainOf({ baseUrlDomain }: ValueOptions): { baseUrlDomain?: string } {
  if (baseUrlDomain === undefined) return {};
  if (/^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i.test(baseUrlDomain)) return { baseUrlDomain };
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${baseUrlDomain}” is not a domain`,
    hint: 'leave --base-url-domain away, or write a bare domain such as salesforce-srct.com',
  });
}

/** The simulator's values, with those given by flags laid over them. */
function simulatedTarget(simulator: Simulator, options: ValueOptions): Target {
  const channel: Channel = options.channel ?? 'miaw';
  const defaults = simulator.values[channel] as Readonly<Partial<Record<FieldName, string>>>;
  const values: Partial<Record<FieldName, GivenValue>> = {};
  for (const field of FIELDS[channel]) {
    const flag = options[field];
    values[field] =
      flag === undefined
        ? { text: defaults[field] ?? '', source: { kind: 'simulator' } }
        : { text: flag, source: { kind: 'flag' } };
  }
  const { preChat } = simulator.values[channel];
  const given: GivenValues = { channel, values, ...(preChat ? { preChat } : {}) };
  return { name: 'simulator', given, validation: validateValues(given, domainOf(options)) };
}

/** Runs `work` on the target of the options: the simulator, started for it and stopped after it, or the user's own values. */
export async function withTarget<T>(
  options: TargetOptions,
  context: Context,
  work: (target: Target) => Promise<T>,
  pace = 1,
): Promise<T> {
  if (options.simulate === undefined) return work(await resolveTarget(options, context));
  const { startSimulator } = await import('../simulator/start-simulator.ts');
  const { splitNames } = await import('../simulator/split-names.ts');
  const simulator = await startSimulator({
    ...splitNames(options.simulate === true ? '' : options.simulate),
    pace,
    clock: context.clock,
    random: context.random,
  });
  try {
    return await work(simulatedTarget(simulator, options));
  } finally {
    await simulator[Symbol.asyncDispose]();
  }
}

/** The complete, mended values. Throws where one cannot be used, and always where its host is on the misspelt domain. */
export function usableConfig(target: Target): HandoffConfig {
  const { config } = target.validation;
  if (!config) throw unusable(target.validation);
  const url = config.channel === 'miaw' ? config.baseUrl : config.liveAgentUrl;
  if (isSrctHost(new URL(url).hostname)) throw new HandoffError('BASE_URL_DOMAIN_SLIP');
  return config;
}

function unusable(validation: Validation): HandoffError {
  const row = validation.values.find((value) => value.value === null);
  const finding =
    row?.findings.find((candidate) => candidate.severity === 'fail') ??
    validation.findings.find((candidate) => candidate.severity === 'fail');
  if (!finding) return new HandoffError('VALUES_INVALID');
  return new HandoffError('VALUES_INVALID', { message: finding.message, hint: finding.hint, step: finding.step });
}
