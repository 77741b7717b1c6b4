import { isRecord } from './live-chat-checks.ts';
import type { World } from './world.ts';

const STRINGS = [
  'organizationId',
  'deploymentId',
  'sessionId',
  'userAgent',
  'language',
  'screenResolution',
  'visitorName',
] as const;
const LISTS = ['prechatDetails', 'prechatEntities'] as const;
const FLAGS = ['receiveQueueUpdates', 'isPost'] as const;

type Body = Readonly<Record<string, unknown>>;

/** The first thing that makes a ChasitorInit body malformed, in words, or nothing. */
export function findInitFault(body: Body): string | undefined {
  const missing =
    STRINGS.find((name) => typeof body[name] !== 'string') ??
    LISTS.find((name) => !Array.isArray(body[name])) ??
    FLAGS.find((name) => typeof body[name] !== 'boolean');
  if (missing) return `${missing} is required`;
  if (targets(body).length === 0) return 'buttonId is required';
  const details = listOf(body.prechatDetails);
  if (!details.every(isDetail)) return 'prechatDetails need label and value';
  if (!listOf(body.prechatEntities).every(isEntity)) return 'prechatEntities need entityName and entityFieldsMaps';
  return undefined;
}

function isDetail(detail: unknown): boolean {
  if (!isRecord(detail)) return false;
  // Several clients leave out where the detail is kept and whether the agent sees it.
  const { label, value, transcriptFields = [] } = detail;
  return typeof label === 'string' && typeof value === 'string' && Array.isArray(transcriptFields);
}

function isEntity(entity: unknown): boolean {
  return isRecord(entity) && typeof entity.entityName === 'string' && Array.isArray(entity.entityFieldsMaps);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Why the service will not take this request, or nothing: another org, or nothing here that could answer. */
export function findRefusal(world: World, body: Body): 'InternalFailure' | 'Unavailable' | undefined {
  const { orgId, deploymentId, buttonId } = world.values['live-chat'];
  if (world.faults.has('unknown-org') || !sameId(body.organizationId, orgId)) return 'InternalFailure';
  if (world.faults.has('unknown-deployment') || !sameId(body.deploymentId, deploymentId)) return 'Unavailable';
  if (world.faults.has('unknown-button')) return 'Unavailable';
  const fits = targets(body).some((target) => target.split('_').some((part) => sameId(part, buttonId)));
  return fits ? undefined : 'Unavailable';
}

/** Overrides replace the other two; an agent is answered for by the button only where the visitor allows it. */
function targets(body: Body): readonly string[] {
  const overrides = listOf(body.buttonOverrides).filter(isFilled);
  if (overrides.length > 0) return overrides;
  const { agentId, buttonId, doFallback } = body;
  if (isFilled(agentId)) return doFallback === true && isFilled(buttonId) ? [agentId, buttonId] : [agentId];
  return isFilled(buttonId) ? [buttonId] : [];
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Compares ids in their 15-character form; capitals matter. */
export function sameId(given: unknown, known: string): boolean {
  if (typeof given !== 'string' || (given.length !== 15 && given.length !== 18)) return false;
  return given.slice(0, 15) === known.slice(0, 15);
}
