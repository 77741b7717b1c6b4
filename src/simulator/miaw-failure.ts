import { type Answer, refuse } from './miaw-answer.ts';
import type { FailureStatus, ReceivedRequest, World } from './world.ts';

const EVENT_ROUTER = '/eventrouter/';
const PUBLIC = '/embeddedservice/';
const REASONS = { 400: 'Bad Request', 401: 'Unauthorized', 413: 'Payload Too Large', 500: 'Internal Server Error' };

/** The event router answers errors as a Spring service does. */
export function springError(world: World, status: keyof typeof REASONS, path: string): Answer {
  const timestamp = world.clock.now();
  return { status, json: { timestamp, status, error: REASONS[status], path } };
}

/** What goes wrong before a request is looked at, in the words of the part that is asked. */
export function failureAnswer(world: World, { path }: ReceivedRequest, status: FailureStatus): Answer {
  if (path.startsWith(EVENT_ROUTER)) return springError(world, status, path);
  const message = messageOf(path, status);
  return path.startsWith(PUBLIC) ? { status, json: { text: message } } : refuse(status, message);
}

function messageOf(path: string, status: FailureStatus): string {
  if (status === 500) return 'Something went wrong. Try again later.';
  return path.endsWith('/file') ? 'The file is larger than 5 MB.' : 'The request body is larger than 6 MB.';
}
