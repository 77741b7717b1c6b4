import type { ServerResponse } from 'node:http';
import { MIAW_PATHS } from '../protocol/miaw.ts';
import type { Answer } from './miaw-answer.ts';
import { bearerOf, OTHER_API_VERSION } from './miaw-checks.ts';
import { springError } from './miaw-failure.ts';
import { hasFault, type MiawState, type Subject, subjectOf } from './miaw-state.ts';
import { openStream } from './miaw-stream.ts';
import type { Token } from './miaw-tokens.ts';
import type { ReceivedRequest } from './world.ts';

/** The event router answers in its own manner: errors like a Spring service, or plain text. */
export function answerStream(
  state: MiawState,
  request: ReceivedRequest,
  response: ServerResponse,
): Answer | 'streaming' {
  const given = request.headers;
  if (given.authorization === undefined || given['x-org-id'] === undefined) return routerError(state, 400);
  const token = bearerOf(state, request);
  if (!token) return routerError(state, 401);
  const subject = subjectOf(state, token.subject);
  const refusal = refused(state, request, token, subject);
  if (refusal) return refusal;
  if (!hasFault(state, 'stall-stream', subject)) {
    const isReplayed = !hasFault(state, 'no-replay', subject);
    openStream(state, subject, token, response, isReplayed ? knownPosition(state, request) : undefined);
  }
  return 'streaming';
}

function refused(state: MiawState, request: ReceivedRequest, token: Token, subject: Subject): Answer | undefined {
  if (hasFault(state, 'sse-401', subject)) return routerError(state, 401);
  if (state.tokens.isExpired(token) || subject.faults.has('token-expires')) {
    return { status: 401, text: 'Jwt is expired' };
  }
  if (hasFault(state, 'foreign-token')) return { status: 401, json: OTHER_API_VERSION };
  if (request.headers['x-org-id'] === token.orgId && !hasFault(state, 'org-header')) return undefined;
  return { status: 400, text: 'OrgId in the header and token must match' };
}

/** Where the client stopped reading. Text that is no position of ours counts as absent. */
function knownPosition(state: MiawState, request: ReceivedRequest): number | undefined {
  const given = String(request.headers['last-event-id'] ?? '');
  const position = /^\d{1,15}$/.test(given) ? Number(given) : undefined;
  return position !== undefined && position <= state.position ? position : undefined;
}

function routerError(state: MiawState, status: 400 | 401): Answer {
  return springError(state.world, status, MIAW_PATHS.stream);
}
