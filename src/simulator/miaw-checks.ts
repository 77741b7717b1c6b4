import { type Answer, refuse } from './miaw-answer.ts';
import { isObject } from './miaw-body.ts';
import { preChatFields, publishedConfig } from './miaw-deployment.ts';
import {
  type Conversation,
  findConversation,
  hasFault,
  type MiawState,
  type Subject,
  subjectOf,
} from './miaw-state.ts';
import type { Token } from './miaw-tokens.ts';
import type { ReceivedRequest, World } from './world.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MINUTE_MS = 60_000;
const MOST_PER_MINUTE = 22;
export const NOT_PUBLISHED = 'Embedded Messaging Config is not Published';

/** What the gateway says of a token of the other version of the API. */
export const OTHER_API_VERSION = { code: 900020, message: 'JWT_VALID_NOT_AUTHORIZED_TO_API' };

/** Every check answers the refusal, or undefined where all is well, so that they chain with `??`. */
type Verdict = Answer | undefined;

/** The token of a request's bearer header, or the 401 of the gateway. */
export function authorize(state: MiawState, request: ReceivedRequest): { token: Token } | { refusal: Answer } {
  const token = bearerOf(state, request);
  if (hasFault(state, 'foreign-token')) {
    return { refusal: { status: 401, json: OTHER_API_VERSION } };
  }
  if (!token) return { refusal: refuse(401, 'The access token is missing or not valid.') };
  const subject = subjectOf(state, token.subject);
  if (state.tokens.isExpired(token) || subject.faults.has('token-expires')) {
    return { refusal: { status: 401, text: 'Jwt is expired' } };
  }
  return { token };
}

export function bearerOf(state: MiawState, request: ReceivedRequest): Token | undefined {
  const [, jwt] = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return jwt === undefined ? undefined : state.tokens.find(jwt);
}

/** A strict server names the field it does not know. */
export function schemaRefused(world: World): Verdict {
  const words = 'Unrecognized field "capabilitiesVersion" (class TokenRequest), not marked as ignorable';
  return world.faults.has('strict-schema') ? refuse(400, words) : undefined;
}

/** Ids are compared by their first 15 characters, which tell orgs apart. */
export function orgRefused(world: World, orgId: string): Verdict {
  const isKnown = isOrgOf(world, orgId) && !world.faults.has('unknown-org');
  const isWhole = orgId.length === 15 || orgId.length === 18;
  return isKnown && isWhole ? undefined : refuse(400, 'Set the orgId to the organization that this host belongs to.');
}

function isOrgOf({ options, values }: World, orgId: string): boolean {
  return options.anyOrg ? orgId.startsWith('00D') : orgId.slice(0, 15) === values.miaw.orgId;
}

/** Developer names are compared with their capitals. */
export function isKnownDeployment(world: World, developerName: string): boolean {
  if (world.faults.has('channel-name')) return false;
  return developerName === world.values.miaw.developerName && !world.faults.has('unknown-deployment');
}

/** Name, type and publication of the deployment, in this order. */
export function deploymentRefused(world: World, developerName: string): Verdict {
  if (world.faults.has('channel-name') || world.faults.has('wrong-capitals')) return { status: 400 };
  if (!isKnownDeployment(world, developerName)) {
    return refuse(400, 'The esDeveloperName is not known in this organization.');
  }
  if (publishedConfig(world).deploymentType !== 'api') {
    return refuse(400, "Set the esDeveloperName to a deploymentType that's set to api");
  }
  return world.faults.has('unpublished') ? refuse(412, NOT_PUBLISHED) : undefined;
}

/** The same for requests without a body, which name the deployment in the query. */
export function namedDeploymentRefused(world: World, query: URLSearchParams): Verdict {
  const developerName = query.get('esDeveloperName') ?? '';
  return developerName === '' ? refuse(400, 'esDeveloperName is required.') : deploymentRefused(world, developerName);
}

export function authModeRefused(world: World, mode: 'Auth' | 'UnAuth'): Verdict {
  const actual = publishedConfig(world).embeddedServiceMessagingChannel?.authMode;
  if (mode === 'UnAuth' && world.faults.has('silent-guest')) return undefined;
  if (actual === mode) return undefined;
  return refuse(400, mode === 'UnAuth' ? 'Set the auth mode to false.' : 'Set the auth mode to true.');
}

export function rateRefused(state: MiawState, subject?: Subject): Verdict {
  if (!hasFault(state, 'rate-limit', subject)) return undefined;
  return { ...refuse(429, 'Too many requests. Try again later.'), headers: { 'retry-after': '2' } };
}

/** A conversation takes 22 messages in any minute; the header says when the oldest of them no longer counts. */
export function messageLimitRefused(state: MiawState, conversation: Conversation): Verdict {
  if (!hasFault(state, 'message-limit', conversation.subject)) return undefined;
  const now = state.world.clock.now();
  const recent = [...conversation.sentIds.values()].filter((at) => now - at < MINUTE_MS);
  const oldest = recent.at(-MOST_PER_MINUTE);
  if (oldest === undefined) return undefined;
  const seconds = Math.ceil((oldest + MINUTE_MS - now) / 1000);
  return { ...refuse(429, 'Too many messages in this conversation.'), headers: { 'retry-after': String(seconds) } };
}

export function idRefused(conversationId: string): Verdict {
  if (UUID_V4.test(conversationId)) return undefined;
  return refuse(400, 'Specify the conversationId as a lowercase UUID, version 4.');
}

/** The subject's own open conversation of that id. */
export function ownConversation(
  state: MiawState,
  token: Token,
  conversationId: string,
): { conversation: Conversation } | { refusal: Answer } {
  const refusal = idRefused(conversationId);
  if (refusal) return { refusal };
  const conversation = findConversation(state, conversationId);
  if (!conversation) return { refusal: refuse(404, 'There is no such conversation.') };
  if (conversation.subject.id !== token.subject) {
    return { refusal: refuse(403, 'This conversation belongs to another end user.') };
  }
  return { conversation };
}

export function closedRefused(conversation: Conversation): Verdict {
  return conversation.endedAt === null ? undefined : refuse(400, 'The conversation is closed.');
}

/** Both are conditions of a start only; a running conversation outlives them. */
export function startRefused(world: World): Verdict {
  if (world.faults.has('channel-inactive')) return refuse(428, 'The messaging channel exists but is not active.');
  return world.faults.has('closed-hours') ? refuse(412, 'Conversation Precondition failed') : undefined;
}

/** Names that the published form does not have are dropped or refused; lengths always count. */
export function attributesRefused(world: World, attributes: unknown): Verdict {
  if (attributes === undefined || attributes === null) return undefined;
  if (!isObject(attributes)) return refuse(400, 'routingAttributes must be of type object.');
  for (const [name, value] of Object.entries(attributes)) {
    const refusal = attributeRefused(world, name, value);
    if (refusal) return refusal;
  }
  return undefined;
}

function attributeRefused(world: World, name: string, value: unknown): Verdict {
  if (typeof value !== 'string') return refuse(400, `routingAttributes.${name} must be of type string.`);
  const field = preChatFields(world).find((known) => known.name === name);
  if (!field) {
    const isStrict = world.faults.has('reject-attributes');
    return isStrict ? refuse(400, `routingAttributes.${name} is not a field of the published form.`) : undefined;
  }
  const limit = field.maxLength ?? Number.POSITIVE_INFINITY;
  return value.length > limit ? refuse(400, `routingAttributes.${name} is longer than ${limit}.`) : undefined;
}
