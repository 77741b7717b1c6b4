import type { Answer } from './miaw-answer.ts';
import { isKnownDeployment, NOT_PUBLISHED, orgRefused } from './miaw-checks.ts';
import { webConfig } from './miaw-deployment.ts';
import type { MiawState } from './miaw-state.ts';
import type { ReceivedRequest, World } from './world.ts';

const HOUR_MS = 3_600_000;

/** The published configuration, without a token. Its errors have the member `text`. */
export function showConfig(state: MiawState, request: ReceivedRequest): Answer {
  const { world } = state;
  if (world.faults.has('config-503')) return refuseText(503, 'Service Unavailable');
  const refusal = refused(state, request);
  if (refusal) return refusal;
  if (world.faults.has('unpublished')) return refuseText(412, NOT_PUBLISHED);
  return { status: 200, json: { embeddedServiceConfig: webConfig(world) } };
}

/** Opening hours, where the deployment has any: it has, when it is closed now, or open all day. */
export function showBusinessHours(state: MiawState, request: ReceivedRequest): Answer {
  const { world } = state;
  const refusal = refused(state, request);
  if (refusal) return refusal;
  const hours = hoursOf(world);
  return hours ? { status: 200, json: { businessHoursInfo: { businessHours: [hours] } } } : { status: 204 };
}

function hoursOf({ faults, clock }: World): { startTime: number; endTime: number } | undefined {
  if (faults.has('midnight-hours')) return { startTime: 0, endTime: 0 };
  const startTime = clock.now() + HOUR_MS;
  return faults.has('closed-hours') ? { startTime, endTime: startTime + 8 * HOUR_MS } : undefined;
}

function refused({ world }: MiawState, { url }: ReceivedRequest): Answer | undefined {
  const query = url.searchParams;
  if (orgRefused(world, query.get('orgId') ?? '')) return refuseText(400, 'Invalid organization id');
  const isKnown = isKnownDeployment(world, query.get('esConfigName') ?? '');
  return isKnown ? undefined : refuseText(404, 'Embedded Messaging Config is not found');
}

function refuseText(status: number, text: string): Answer {
  return { status, json: { text } };
}
