import type { Validation } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { GuideStep } from '../core/guide-step.ts';
import type { HttpRequest, HttpResponse } from '../core/http.ts';
import { LIVE_CHAT_PATHS } from '../protocol/live-chat.ts';
import { MIAW_PATHS } from '../protocol/miaw.ts';
import { liveChatUrl, visitorHeaders } from '../transport/live-chat-link.ts';
import { serviceUrl, usableValue } from './service-url.ts';

const ORG_OF_HOST =
  'compare host and ids: production ids on a sandbox host, or the reverse, are answered like this; else see status.salesforce.com';

/** The service's cheapest question: needs no session, changes nothing, and rings nobody. */
export function frontDoor(validation: Validation): HttpRequest {
  const base = serviceUrl(validation) ?? '';
  const value = (field: Parameters<typeof usableValue>[1]) => usableValue(validation, field) ?? '';
  if (validation.channel === 'miaw') {
    const query = { orgId: value('orgId'), esConfigName: value('developerName'), language: 'en_US' };
    return { url: `${base}${MIAW_PATHS.deploymentConfig}?${new URLSearchParams(query)}` };
  }
  const query = {
    org_id: value('orgId'),
    deployment_id: value('deploymentId'),
    'Availability.ids': value('buttonId'),
  };
  return { url: liveChatUrl(base, LIVE_CHAT_PATHS.availability, query), headers: visitorHeaders() };
}

/**
 * Whether it was the service that answered at all. A refusal or an unknown path still is an answer; a redirect, a page
 * in the place of data and a failing server are not.
 */
export function assertService(response: HttpResponse, validation: Validation): void {
  const { status } = response;
  const step: GuideStep = validation.channel === 'miaw' ? 'miaw.2' : 'live-chat.2';
  const details = { status };
  if (status >= 300 && status < 400) throw redirected(response, step);
  if (status === 407) throw new HandoffError('PROXY_FAILED', { message: 'The proxy asks for a login', details });
  // 501 comes from servers that speak only a part of the protocol.
  if (status >= 500 && status !== 501) {
    const message = `The host answers with status ${status}`;
    const hint = validation.channel === 'live-chat' && status === 503 ? { hint: ORG_OF_HOST, step } : {};
    throw new HandoffError('SERVICE_ERROR', { message, details, ...hint });
  }
  if (isPage(response) && status !== 404) {
    const message = `A web page answered (status ${status}) where the service should`;
    throw new HandoffError('NOT_THE_SERVICE', { message, step, details });
  }
}

function redirected(response: HttpResponse, step: GuideStep): HandoffError {
  const target = response.headers.location ?? '';
  const host = URL.canParse(target) ? new URL(target).host : undefined;
  const message = `The host redirects ${host ? `to ${host}` : 'elsewhere'} instead of answering`;
  return new HandoffError('REDIRECTED', { message, step, details: { status: response.status } });
}

function isPage({ headers, body, status }: HttpResponse): boolean {
  const declared = /\bhtml\b/i.test(headers['content-type'] ?? '');
  return (declared || /^\s*<(!doctype html|html)/i.test(body)) && status !== 400;
}
