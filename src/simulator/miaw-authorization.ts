import { type Answer, refuse } from './miaw-answer.ts';
import { isObject, type Json, misshapen, NOT_JSON, parseObject, type Shape, stringOf } from './miaw-body.ts';
import {
  authModeRefused,
  authorize,
  deploymentRefused,
  orgRefused,
  rateRefused,
  schemaRefused,
} from './miaw-checks.ts';
import { publishedConfig, VERIFICATION_NAME } from './miaw-deployment.ts';
import { forgetOldest, type MiawState } from './miaw-state.ts';
import { identityOf, type Token } from './miaw-tokens.ts';
import type { ReceivedRequest } from './world.ts';

const GUEST: Shape = {
  orgId: 'string',
  esDeveloperName: 'string',
  capabilitiesVersion: 'string',
  platform: 'string',
  context: 'object?',
  deviceId: 'string?',
};
const VERIFIED: Shape = { ...GUEST, authorizationType: 'string', customerIdentityToken: 'string' };

/** A token for anybody who knows the org id and the developer name. */
export function mintGuest(state: MiawState, request: ReceivedRequest): Answer {
  const body = parseObject(request.body);
  if (!body) return NOT_JSON;
  return refused(state, body, GUEST, 'UnAuth') ?? tokenAnswer(state, mint(state, body, guestSubject(state)));
}

/** A token for somebody whom the customer's own login vouches for; the same `sub` is the same person. */
export function mintVerified(state: MiawState, request: ReceivedRequest): Answer {
  const body = parseObject(request.body);
  if (!body) return NOT_JSON;
  const refusal = refused(state, body, VERIFIED, 'Auth');
  if (refusal) return refusal;
  const identity = identityOf(stringOf(body.customerIdentityToken));
  if (identity !== undefined) {
    return tokenAnswer(state, mint(state, body, `v2/iamessage/AUTH/${VERIFICATION_NAME}/uid:${identity}`));
  }
  if (state.world.faults.has('silent-guest')) return tokenAnswer(state, mint(state, body, guestSubject(state)));
  return { status: 401, json: { message: 'User verification configuration has no active AuthSchemes.' } };
}

function refused(state: MiawState, body: Json, shape: Shape, mode: 'Auth' | 'UnAuth'): Answer | undefined {
  const { world } = state;
  return (
    misshapen(body, shape) ??
    schemaRefused(world) ??
    platformRefused(body) ??
    contextRefused(state, body) ??
    orgRefused(world, stringOf(body.orgId)) ??
    deploymentRefused(world, stringOf(body.esDeveloperName)) ??
    authModeRefused(world, mode) ??
    rateRefused(state)
  );
}

function platformRefused({ platform }: Json): Answer | undefined {
  return platform === 'Web' || platform === 'Mobile' ? undefined : refuse(400, 'platform must be Web or Mobile.');
}

function contextRefused(state: MiawState, { context }: Json): Answer | undefined {
  if (isObject(context)) return misshapen(context, { appName: 'string?', clientVersion: 'string?' }, 'context.');
  return state.world.faults.has('strict-context') ? refuse(400, 'context is required.') : undefined;
}

function guestSubject(state: MiawState): string {
  return `v2/iamessage/UNAUTH/NA/uid:${state.world.random.uuid()}`;
}

function mint(state: MiawState, body: Json, subject: string): Token {
  forgetOldest(state);
  const capabilities = Number.parseInt(stringOf(body.capabilitiesVersion), 10);
  return state.tokens.mint({
    subject,
    orgId: stringOf(body.orgId).slice(0, 15),
    deviceId: stringOf(body.deviceId) || state.world.random.uuid(),
    capabilities: Number.isNaN(capabilities) ? 1 : capabilities,
  });
}

/** A new token for the same person, with the end of the old one. */
export function continueToken(state: MiawState, request: ReceivedRequest): Answer {
  const who = authorize(state, request);
  if ('refusal' in who) return who.refusal;
  const { subject, orgId, deviceId, capabilities, expiresAt } = who.token;
  return (
    rateRefused(state) ?? tokenAnswer(state, state.tokens.mint({ subject, orgId, deviceId, capabilities, expiresAt }))
  );
}

export function revokeToken(state: MiawState, request: ReceivedRequest): Answer {
  const who = authorize(state, request);
  if ('refusal' in who) return who.refusal;
  state.tokens.revoke(who.token);
  return { status: 204 };
}

export function linkLogin(state: MiawState, request: ReceivedRequest): Answer {
  const who = authorize(state, request);
  return 'refusal' in who ? who.refusal : { status: 200, json: { auth_link_key: state.world.random.uuid() } };
}

/** The position in the answer is the one from which the first stream replays. */
function tokenAnswer(state: MiawState, token: Token): Answer {
  return {
    status: 200,
    json: {
      accessToken: token.jwt,
      lastEventId: String(state.position),
      context: {
        deviceId: token.deviceId,
        endUser: { appType: 'iamessage', role: 'EndUser', subject: token.subject, displayName: 'Guest' },
        configuration: { embeddedServiceConfig: publishedConfig(state.world), timestamp: state.world.clock.now() },
      },
    },
  };
}
