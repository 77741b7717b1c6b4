import type { CheckOutcome } from '../../core/check.ts';
import { FIELD_LABELS, type Finding } from '../../core/config.ts';
import type { Channel } from '../../core/events.ts';
import type { Probe } from '../probe.ts';
import { missingFields } from '../service-url.ts';

/** Runs `look` where every value of the channel is usable, and otherwise says which one is not. */
export function withValues(look: (probe: Probe) => Promise<CheckOutcome>): (probe: Probe) => Promise<CheckOutcome> {
  return async (probe) => {
    if (probe.config) return look(probe);
    const missing = missingFields(probe.validation).map((field) => FIELD_LABELS[field]);
    return skipped(`not asked, because there is no usable ${missing.join(', ') || 'set of values'}`);
  };
}

export function passed(detail?: string, data?: unknown): CheckOutcome {
  return { status: 'pass', ...(detail === undefined ? {} : { detail }), ...(data === undefined ? {} : { data }) };
}

export function skipped(reason: string): CheckOutcome {
  return { status: 'skip', reason };
}

/** The worst finding gives cause, hint and step; what else is wrong is told after it. */
export function verdictOf(
  findings: readonly Finding[],
  well: string,
  more: { readonly status?: 'warn' | 'fail'; readonly data?: object } = {},
): CheckOutcome {
  const wrong = findings.filter((finding) => finding.severity !== 'info');
  const worst = wrong.find((finding) => finding.severity === 'fail') ?? wrong[0];
  const data = { ...more.data, ...(findings.length > 0 ? { findings } : {}) };
  if (!worst) return passed(well, Object.keys(data).length > 0 ? data : undefined);
  const others = wrong.filter((finding) => finding !== worst).map((finding) => finding.message);
  return {
    status: more.status ?? (worst.severity === 'fail' ? 'fail' : 'warn'),
    cause: worst.code,
    message: [worst.message, ...others].join('. '),
    hint: worst.hint,
    step: worst.step,
    data,
  };
}

/** `channels` of a check that both have. */
export const BOTH: readonly Channel[] = ['live-chat', 'miaw'];
