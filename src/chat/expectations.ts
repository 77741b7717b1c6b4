import { HandoffError } from '../core/errors.ts';
import type { AgentEvent } from '../core/events.ts';
import { nearest } from '../core/nearest.ts';

/** Something that must happen in a chat: its text as given, and the test on each event. */
export interface Expectation {
  readonly text: string;
  fits(event: AgentEvent): boolean;
}

const isFromOthers = (event: AgentEvent) => event.type === 'message' && event.from.role !== 'visitor';

const SIMPLE: Readonly<Record<string, (event: AgentEvent) => boolean>> = {
  joined: (event) => event.type === 'joined' && event.participant.role === 'agent',
  'joined:bot': (event) => event.type === 'joined' && event.participant.role === 'bot',
  message: isFromOthers,
  transferred: (event) => event.type === 'transferred' && event.state === 'completed',
  'receipt:read': (event) => event.type === 'receipt' && event.state === 'read',
  'receipt:delivered': (event) => event.type === 'receipt' && event.state === 'delivered',
  typing: (event) => event.type === 'typing' && event.active,
  queued: (event) => event.type === 'queued',
  rejected: (event) => event.type === 'rejected',
  ended: (event) => event.type === 'ended',
  'ended:agent': (event) => event.type === 'ended' && event.by === 'agent',
  'session:inactive': (event) => event.type === 'session' && event.state === 'inactive',
};

/** `joined`, `message:text`, `message:/regex/` … as an expectation. Throws INVALID_ARGUMENT naming the nearest word. */
export function parseExpectation(text: string): Expectation {
  const fits = Object.hasOwn(SIMPLE, text) ? SIMPLE[text] : undefined;
  if (fits) return { text, fits };
  if (text.startsWith('message:') && text.length > 'message:'.length) {
    const matches = textMatcher(text.slice('message:'.length));
    return { text, fits: (event) => isFromOthers(event) && event.type === 'message' && matches(event.text) };
  }
  const near = nearest(text, Object.keys(SIMPLE));
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” is nothing that can be expected`,
    hint: near
      ? `did you mean ${near}?`
      : `expect one of ${Object.keys(SIMPLE).join(', ')}, message:text, message:/regex/`,
  });
}

function textMatcher(pattern: string): (text: string) => boolean {
  const regex = /^\/(.+)\/([dgimsuvy]*)$/s.exec(pattern);
  if (!regex) return (text) => text.includes(pattern);
  try {
    const compiled = new RegExp(regex[1] ?? '', (regex[2] ?? '').replace(/[gy]/g, ''));
    return (text) => compiled.test(text);
  } catch (error) {
    throw new HandoffError('INVALID_ARGUMENT', {
      message: `“${pattern}” is not a regular expression`,
      hint: 'write it as message:/order \\d+/i',
      cause: error,
    });
  }
}
