import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../src/core/redact.ts';
import { type MiawCall, miawError } from '../../src/transport/miaw-errors.ts';

function refusal(status: number, body: unknown = '', type = 'application/json') {
  return { status, headers: { 'content-type': type }, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

type Case = readonly [call: MiawCall, status: number, body: unknown, code: string];

const PAGE = '<!doctype html><title>Sign on</title>';

const CASES: readonly Case[] = [
  [
    'token',
    400,
    { message: "Set the esDeveloperName to a deploymentType that's set to api" },
    'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT',
  ],
  [
    'token',
    400,
    [{ message: "Set the esDeveloperName to a deploymentType that's set to api", errorCode: 'BAD_REQUEST' }],
    'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT',
  ],
  ['token', 400, { error: { message: 'Set the auth mode to false.', code: 'BAD_REQUEST' } }, 'USER_VERIFICATION_ON'],
  ['token', 400, { message: 'Set the auth mode to false.' }, 'USER_VERIFICATION_ON'],
  ['token', 404, [{ message: 'No such deployment' }], 'DEPLOYMENT_UNKNOWN'],
  ['token', 407, '', 'PROXY_FAILED'],
  ['stream', 407, PAGE, 'PROXY_FAILED'],
  ['stream', 401, [{ errorCode: 900020 }], 'API_VERSION_MISMATCH'],
  ['token', 400, { message: 'User verification configuration has no active AuthSchemes.' }, 'USER_VERIFICATION_ON'],
  ['token', 400, '', 'DEPLOYMENT_UNKNOWN'],
  ['token', 404, '', 'DEPLOYMENT_UNKNOWN'],
  ['token', 400, { message: 'Bad Request', code: 'BAD_REQUEST' }, 'DEPLOYMENT_UNKNOWN'],
  ['token', 404, { message: 'No such deployment' }, 'DEPLOYMENT_UNKNOWN'],
  ['token', 400, { message: 'Unknown esDeveloperName for this org' }, 'DEPLOYMENT_UNKNOWN'],
  ['token', 400, { message: 'capabilitiesVersion must be a string' }, 'REQUEST_REJECTED'],
  ['token', 404, PAGE, 'NOT_FOUND'],
  ['token', 404, 'no route', 'NOT_FOUND'],
  ['token', 412, '', 'DEPLOYMENT_NOT_PUBLISHED'],
  ['token', 400, { message: 'The deployment is not published' }, 'DEPLOYMENT_NOT_PUBLISHED'],
  ['token', 400, { message: 'Invalid orgId' }, 'ORG_MISMATCH'],
  ['token', 401, { message: 'The organization is unknown' }, 'ORG_MISMATCH'],
  ['token', 401, '', 'ACCESS_DENIED'],
  ['token', 429, '', 'RATE_LIMITED'],
  ['config', 412, { text: 'Embedded Messaging Config is not Published' }, 'DEPLOYMENT_NOT_PUBLISHED'],
  ['config', 400, '', 'DEPLOYMENT_UNKNOWN'],
  ['stream', 400, 'OrgId in the header and token must match', 'ORG_MISMATCH'],
  ['stream', 401, 'Jwt is expired', 'TOKEN_EXPIRED'],
  ['stream', 401, { status: 401, error: 'Unauthorized', path: '/eventrouter/v1/sse' }, 'TOKEN_EXPIRED'],
  ['stream', 401, { code: 900020, message: 'JWT_VALID_NOT_AUTHORIZED_TO_API' }, 'API_VERSION_MISMATCH'],
  ['stream', 401, { errorCode: ['900020'] }, 'API_VERSION_MISMATCH'],
  ['stream', 204, '', 'NOT_THE_SERVICE'],
  ['create', 412, { message: 'Conversation Precondition failed' }, 'OUTSIDE_BUSINESS_HOURS'],
  ['create', 428, { message: 'Messaging channel is not active' }, 'CHANNEL_INACTIVE'],
  ['create', 400, { message: 'Unknown routingAttributes: Topic' }, 'PRE_CHAT_REJECTED'],
  ['create', 417, {}, 'PRE_CHAT_REJECTED'],
  ['create', 400, { message: 'conversationId: provide a lowercase UUID' }, 'REQUEST_REJECTED'],
  ['message', 403, { message: 'Forbidden' }, 'ACCESS_DENIED'],
  ['message', 404, { message: 'Not Found' }, 'NOT_FOUND'],
  ['message', 413, { message: 'too large' }, 'FILE_REFUSED'],
  ['message', 415, { message: 'type' }, 'FILE_REFUSED'],
  ['message', 417, '', 'REQUEST_REJECTED'],
  ['message', 500, PAGE, 'SERVICE_ERROR'],
  ['message', 503, '', 'SERVICE_ERROR'],
  ['read', 302, '', 'REDIRECTED'],
  ['read', 200, PAGE, 'NOT_THE_SERVICE'],
  ['read', 403, PAGE, 'NOT_THE_SERVICE'],
  ['read', 408, '', 'TIMED_OUT'],
];

describe('what a refusal over MIAW means', () => {
  it.each(CASES)('%s: %i with %j is %s', (call, status, body, code) => {
    const type = typeof body === 'string' ? (body.startsWith('<') ? 'text/html' : 'text/plain') : 'application/json';
    expect(miawError(call, refusal(status, body, type)).code).toBe(code);
  });

  it('names the limit of messages where a message is too many', () => {
    expect(miawError('message', refusal(429)).hint).toContain('22 messages');
    expect(miawError('token', refusal(429)).hint).toContain('tokens');
  });

  it('knows a page also without its type', () => {
    expect(miawError('read', refusal(400, PAGE, '')).code).toBe('NOT_THE_SERVICE');
  });

  it('keeps the service’s own words', () => {
    const error = miawError('create', refusal(400, { message: 'conversationId is bad' }));
    expect(error.message).toBe('Salesforce refused the request (400: conversationId is bad)');
  });

  it('shortens long words and puts them on one line', () => {
    const error = miawError('create', refusal(400, { message: `a\n\u001b[31m${'b'.repeat(1000)}` }));
    expect(error.details?.words).toMatch(/^a \[31mb+…$/);
    expect(String(error.details?.words)).toHaveLength(200);
  });

  it('shows no secret that the service repeats', () => {
    const secrets = createSecrets();
    secrets.add('tell-nobody-this');
    const error = miawError('message', refusal(403, { message: 'bad token tell-nobody-this' }), secrets);
    expect(error.message).not.toContain('tell-nobody-this');
  });

  it.each([[[1, 2]], ['"text"'], [{ message: { deep: true }, code: {} }]])(
    'takes %j for an answer without words',
    (body) => {
      expect(miawError('create', refusal(400, body)).message).toBe('Salesforce refused the request (400)');
    },
  );

  it('names both causes of a refused conversation', () => {
    const { hint } = miawError('create', refusal(412));
    expect(hint).toMatch(/hours/);
    expect(hint).toMatch(/storage/);
  });
});
