import { ANSWERS, type Answer, badRequest } from './live-chat-answer.ts';
import { type ActionTurn, CHASITOR_ACTIONS, performAction } from './live-chat-chasitor.ts';
import { type Checked, checkBody, checkSequence, checkSession, checkVersion, isRecord } from './live-chat-checks.ts';
import { isDeserted } from './live-chat-moved.ts';
import type { LiveChatSession } from './live-chat-session.ts';
import type { RouteTurn } from './live-chat-system.ts';

/** `POST Chasitor/{noun}`. */
export function postAction(turn: RouteTurn, noun: string): Answer {
  return numbered(turn, (action) => act(noun, action));
}

/** `POST System/MultiNoun`: several actions under one number, in order, up to the first that is refused. */
export function postMultiNoun(turn: RouteTurn): Answer {
  return numbered(turn, (action) => {
    const nouns = action.body.nouns;
    if (!Array.isArray(nouns)) return badRequest('nouns is required');
    let answer: Answer = ANSWERS.ok;
    for (const entry of nouns) {
      answer = actEntry(entry, action);
      if (answer.status !== 200 || answer.broken) return answer;
    }
    return answer;
  });
}

/** `POST WebEvent/{noun}`: telemetry of mobile clients, accepted and forgotten. */
export function postTelemetry(turn: RouteTurn): Answer {
  return numbered(turn, () => ANSWERS.ok);
}

/** The guide names the inner body `object` in one place and `data` in another. */
function actEntry(entry: unknown, action: ActionTurn): Answer {
  if (!isRecord(entry) || entry.prefix !== 'Chasitor') return ANSWERS.notFound;
  const body = entry.object ?? entry.data ?? {};
  return isRecord(body) ? act(String(entry.noun), { ...action, body }) : badRequest('object must be an object');
}

function act(noun: string, turn: ActionTurn): Answer {
  const action = CHASITOR_ACTIONS.get(noun);
  return action ? performAction(action, turn) : ANSWERS.notFound;
}

/** The checks of every POST of a session in their order; the number counts only once the request was acted upon. */
function numbered(turn: RouteTurn, perform: (action: ActionTurn) => Answer): Answer {
  const checked = check(turn);
  if (!checked.ok) return checked.answer;
  const { session, body, sequence } = checked.value;
  const { world, registry, request } = turn;
  const answer = perform({ world, registry, session, body, deserted: isDeserted(world, request) });
  if (answer.status === 200 && sequence !== undefined) session.sequence.accepted = sequence;
  return answer;
}

interface CheckedPost {
  readonly session: LiveChatSession;
  readonly body: Record<string, unknown>;
  readonly sequence: number | undefined;
}

function check({ request, registry }: RouteTurn): Checked<CheckedPost> {
  const version = checkVersion(request);
  if (!version.ok) return version;
  const session = checkSession(request, registry);
  if (!session.ok) return session;
  const sequence = checkSequence(request, session.value);
  if (!sequence.ok) return sequence;
  const body = checkBody(request.body);
  if (!body.ok) return body;
  return { ok: true, value: { session: session.value, body: body.value, sequence: sequence.value } };
}
