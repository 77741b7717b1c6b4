import type { AgentEventBody } from '../../src/core/events.ts';
import { decodeMiaw } from '../../src/transport/miaw-decode.ts';
import { readFrame } from '../../src/transport/miaw-entry.ts';
import { createMiawState, type EndSign, type MiawState } from '../../src/transport/miaw-state.ts';
import { type EntryParts, frame, VISITOR } from './miaw-frames.ts';

export interface Told {
  readonly events: AgentEventBody[];
  readonly signs: EndSign[];
  readonly state: MiawState;
}

export type Step = readonly [event: string, payload: unknown, parts?: EntryParts];

/** What a course of entries tells, one after the other. */
export function tell(steps: readonly Step[], start = createMiawState(VISITOR.subject)): Told {
  let state = start;
  const events: AgentEventBody[] = [];
  const signs: EndSign[] = [];
  for (const [event, payload, parts] of steps) {
    const entry = readFrame(frame(event, payload, parts));
    if (!entry) throw new Error('the frame holds no entry');
    const decoded = decodeMiaw(state, entry);
    state = decoded.state;
    events.push(...decoded.events);
    if (decoded.end) signs.push(decoded.end);
  }
  return { events, signs, state };
}
