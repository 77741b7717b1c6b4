import { type ErrorCode, HandoffError } from '../../core/errors.ts';
import type { GuideStep } from '../../core/guide-step.ts';
import type { EmbeddedServiceConfig } from '../../protocol/miaw.ts';
import { messagingHint } from '../core-host.ts';
import type { Probe } from '../probe.ts';
import { isCustomClient } from './deployment-type.ts';

/** Refusals of the token behind which the published configuration may show more. */
const UNEXPLAINED: readonly ErrorCode[] = ['DEPLOYMENT_UNKNOWN', 'REQUEST_REJECTED', 'ACCESS_DENIED'];

/** A refusal often says nothing, while the configuration as published, or the rest of the host, shows what is wrong. */
export async function refusalMeant(thrown: unknown, probe: Probe): Promise<unknown> {
  if (!(thrown instanceof HandoffError)) return thrown;
  if (thrown.code === 'NOT_FOUND') return elsewhere(thrown, probe);
  if (!UNEXPLAINED.includes(thrown.code)) return thrown;
  if (thrown.details?.status === 405) return elsewhere(thrown, probe);
  if (await isOfNoService(thrown, probe)) return elsewhere(thrown, probe);
  const answer = await probe.deployment().catch(() => undefined);
  if (answer?.kind === 'published') {
    try {
      assertFitForGuests(answer.config);
    } catch (told) {
      return told;
    }
  }
  if (thrown.code !== 'ACCESS_DENIED') return withStep(thrown);
  const isKnown = answer?.kind === 'published';
  return isKnown || thrown.details?.status !== 401 ? withStep(thrown, 'miaw.2') : otherOrg(thrown);
}

/** A bot asks for tokens of guests, which only a Custom Client without user verification gives. */
export function assertFitForGuests(config: EmbeddedServiceConfig | undefined): void {
  const type = config?.deploymentType;
  if (typeof type === 'string' && !isCustomClient(type)) {
    const message = `The deployment is of type ${type}, not Custom Client`;
    throw new HandoffError('DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT', { message });
  }
  const authMode = config?.embeddedServiceMessagingChannel?.authMode;
  if (typeof authMode === 'string' && authMode.toLowerCase() === 'auth') throw new HandoffError('USER_VERIFICATION_ON');
}

/**
 * A 404 in the form of the service, without a word about the deployment, may come from another program at that address. The
 * service answers for its event stream whatever the deployment is called, so a host without one is not the service.
 */
export async function isOfNoService({ code, details }: HandoffError, probe: Probe): Promise<boolean> {
  if (code !== 'DEPLOYMENT_UNKNOWN' || details?.status !== 404) return false;
  if (/deployment|developer\s?name|config/i.test(String(details.words ?? ''))) return false;
  return !(await probe.hasEventStream());
}

function elsewhere(refusal: HandoffError, probe: Probe): HandoffError {
  const hint = messagingHint(probe.url);
  const message =
    refusal.code === 'NOT_FOUND'
      ? refusal.message
      : `The host has nothing of messaging where it should be (status ${refusal.details?.status}): it is another one, or something else answers there`;
  return new HandoffError('NOT_FOUND', {
    message,
    ...(hint ? { hint } : {}),
    ...(refusal.details ? { details: refusal.details } : {}),
    cause: refusal,
  });
}

/** No login is asked for, so a 401 means that the host does not give tokens for this organization. */
function otherOrg(refusal: HandoffError): HandoffError {
  return new HandoffError('ORG_MISMATCH', {
    message: `${refusal.message}: the host gives no token for this organization`,
    step: 'miaw.2',
    ...(refusal.details ? { details: refusal.details } : {}),
    cause: refusal,
  });
}

/** A refused request is a matter of what was sent; the refusal names the field. */
function withStep(refusal: HandoffError, step?: GuideStep): HandoffError {
  if (refusal.code !== 'REQUEST_REJECTED' && !step) return refusal;
  const hint = 'look at the field that the refusal names: the service is newer or stricter than this client';
  return new HandoffError(refusal.code, {
    message: refusal.message,
    step: step ?? 'miaw.capabilities',
    ...(step ? {} : { hint }),
    ...(refusal.details ? { details: refusal.details } : {}),
    cause: refusal,
  });
}
