import type { CheckOutcome } from '../../core/check.ts';
import { formatDuration } from '../../core/duration.ts';
import { HandoffError } from '../../core/errors.ts';
import type { BusinessHours } from '../../transport/miaw-deployment.ts';
import { HEARTBEAT_MS } from '../patience.ts';
import type { Probe } from '../probe.ts';
import { serviceNow } from './clock.ts';
import { dateOf, moment } from './moments.ts';
import { passed, skipped } from './outcomes.ts';

/** No bot needs the answer, so a service that gives none is no alarm; "closed" is by the service's own clock. */
export async function lookAtHours(probe: Probe): Promise<CheckOutcome> {
  const hours = await probe.businessHours().catch(untold);
  if ('reason' in hours) return hours;
  const { date } = (await probe.answered()).headers;
  return hoursOutcome(hours, serviceNow(date, probe.clock.now()));
}

function untold(thrown: unknown): CheckOutcome & { readonly status: 'skip' } {
  if (!(thrown instanceof HandoffError)) throw thrown;
  return { status: 'skip', reason: `the service does not tell its business hours: ${thrown.message}` };
}

function hoursOutcome({ kind, intervals }: BusinessHours, now: number): CheckOutcome {
  if (kind === 'unknown') return skipped('the service does not tell its business hours');
  if (kind === 'always') return passed('none set: always open');
  const open = intervals.find(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  if (open) return passed(`open until ${moment(open.endsAt)}`);
  const next = Math.min(...intervals.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt > now));
  return {
    status: 'warn',
    cause: 'OUTSIDE_BUSINESS_HOURS',
    message: Number.isFinite(next)
      ? `Closed now, opens at ${moment(next)}; Salesforce refuses conversations until then`
      : 'Closed now, and no opening is told; Salesforce refuses conversations meanwhile',
    hint: 'check the business hours and their time zone on the channel',
    step: 'miaw.1',
    ...(Number.isFinite(next) ? { data: { opensAt: dateOf(next)?.toISOString() } } : {}),
  };
}

export async function lookAtStream(probe: Probe): Promise<CheckOutcome> {
  const facts = await probe.stream();
  if (facts.firstByteMs !== undefined) {
    return passed(
      `open after ${formatDuration(facts.openedMs)}, first byte after ${formatDuration(facts.firstByteMs)}`,
      facts,
    );
  }
  if (facts.waitedMs < HEARTBEAT_MS) {
    return passed(`open after ${formatDuration(facts.openedMs)}, no heartbeat yet`, facts);
  }
  return {
    status: 'warn',
    cause: 'STREAM_SILENT',
    message: `The stream opened, but nothing came through it within ${formatDuration(facts.waitedMs)}, not even a heartbeat`,
    hint: 'a proxy that buffers or inspects is the usual cause: allow port 443 to the host without either',
    step: 'miaw.capabilities',
    data: facts,
  };
}
