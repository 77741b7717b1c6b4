import type { AgentEventBody } from '../../src/core/events.ts';
import type { SseMessage } from '../../src/core/http.ts';
import { decodeMiaw } from '../../src/transport/miaw-decode.ts';
import { readFrame } from '../../src/transport/miaw-entry.ts';
import { createMiawState, type EndSign, type MiawState } from '../../src/transport/miaw-state.ts';
import { type EntryParts, fixtureFrame, frame, VISITOR } from './miaw-frames.ts';

export interface Told {
  readonly events: AgentEventBody[];
  readonly signs: EndSign[];
  readonly state: MiawState;
}

export type Step = readonly [event: string, payload: unknown, parts?: EntryParts];

/** Who we are in the wire fixtures. */
export const OUR_SUBJECT = 'v2/iamessage/UNAUTH/NA/uid:5c2f7b16-90e4-4d27-8f1b-7a6e3d0c4b92';

export function decode(state: MiawState, message: SseMessage) {
  const entry = readFrame(message);
  if (!entry) throw new Error('the frame holds no entry');
  return decodeMiaw(state, entry);
}

/** What a wire fixture means to the visitor. */
export function eventsOf(name: string, state = createMiawState(OUR_SUBJECT)): readonly AgentEventBody[] {
  return decode(state, fixtureFrame(name)).events;
}

/** What a course of entries tells, one after the other. */
export function tell(steps: readonly Step[], start = createMiawState(VISITOR.subject)): Told {
  let state = start;
  const events: AgentEventBody[] = [];
  const signs: EndSign[] = [];
  for (const [event, payload, parts] of steps) {
    const decoded = decode(state, frame(event, payload, parts));
    state = decoded.state;
    events.push(...decoded.events);
    if (decoded.end) signs.push(decoded.end);
  }
  return { events, signs, state };
}
