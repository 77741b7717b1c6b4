import type { Validation } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { GuideStep } from '../core/guide-step.ts';
import type { HttpRequest, HttpResponse } from '../core/http.ts';
import { availabilityQuestion } from '../transport/live-chat-visitor.ts';
import { deploymentQuestion } from '../transport/miaw-deployment.ts';
import { messagingHint } from './core-host.ts';
import { serviceUrl, usableValue } from './service-url.ts';

/** The service's cheapest question: needs no session, changes nothing, and rings nobody. Later checks read its answer too. */
export function frontDoor(validation: Validation): HttpRequest {
  const base = serviceUrl(validation) ?? '';
  const value = (field: Parameters<typeof usableValue>[1]) => usableValue(validation, field) ?? '';
  const orgId = value('orgId');
  if (validation.channel === 'miaw') {
    return deploymentQuestion({ baseUrl: base, orgId, developerName: value('developerName') });
  }
  const ids = { orgId, deploymentId: value('deploymentId'), buttonId: value('buttonId') };
  return availabilityQuestion({ liveAgentUrl: base, ...ids });
}

/**
 * Whether it was the service that answered at all. A refusal or an unknown path still is an answer; a redirect, a page
 * in the place of data and a failing server are not.
 */
export function assertService(response: HttpResponse, validation: Validation): void {
  const { status } = response;
  const isMiaw = validation.channel === 'miaw';
  const step: GuideStep = isMiaw ? 'miaw.2' : 'live-chat.2';
  const details = { status };
  const hint = isMiaw ? messagingHint(serviceUrl(validation)) : undefined;
  const where = { step, ...(hint ? { hint } : {}) };
  if (status >= 300 && status < 400) throw redirected(response, where);
  if (status === 407) throw new HandoffError('PROXY_FAILED', { message: 'The proxy asks for a login', details });
  // 501 comes from servers that speak only a part of the protocol; by 503 Live Chat also says that an org is not its own.
  const isAnswer = status === 501 || (status === 503 && validation.channel === 'live-chat' && !isPage(response));
  if (status >= 500 && !isAnswer) {
    throw new HandoffError('SERVICE_ERROR', { message: `The host answers with status ${status}`, details });
  }
  if (isPage(response) && status !== 404) {
    const message = `A web page answered (status ${status}) where the service should`;
    throw new HandoffError('NOT_THE_SERVICE', { message, ...where, details });
  }
}

function redirected(response: HttpResponse, where: { step: GuideStep; hint?: string }): HandoffError {
  const target = response.headers.location ?? '';
  const host = URL.canParse(target) ? new URL(target).host : undefined;
  const message = `The host redirects ${host ? `to ${host}` : 'elsewhere'} instead of answering`;
  return new HandoffError('REDIRECTED', { message, ...where, details: { status: response.status } });
}

function isPage({ headers, body, status }: HttpResponse): boolean {
  const declared = /\bhtml\b/i.test(headers['content-type'] ?? '');
  return (declared || /^\s*<(!doctype html|html)/i.test(body)) && status !== 400;
}
