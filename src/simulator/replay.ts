import type { AgentEventBody } from '../core/events.ts';
import type { Scenario, ScenarioStep } from './model.ts';
import { liveChatMoments } from './replay-live-chat.ts';
import { miawMoments } from './replay-miaw.ts';
import { exchangesOf, invalid, readRecording } from './replay-read.ts';

/** One thing that happened in a recorded chat: the service said something, the visitor did, or something broke. */
export type Moment = { readonly at: number } & (
  | { readonly started: true }
  | { readonly said: true }
  | { readonly emit: AgentEventBody }
  | { readonly fault: string }
);

export interface Moments {
  readonly moments: readonly Moment[];
  /** What availability questions were answered. */
  readonly agents: Scenario['agents'];
}

/** A recording as a scenario: what the service said, in its order and at its times. Throws RECORDING_INVALID. */
export function replayScenario(text: string, name: string): Scenario {
  const { header, lines } = readRecording(text, name);
  const decode = header.channel === 'miaw' ? miawMoments : liveChatMoments;
  const { moments, agents } = decode(lines, exchangesOf(lines));
  const start = moments.findIndex((moment) => 'started' in moment);
  if (start < 0) throw invalid(`In the recording ${name} no chat was opened, so there is nothing to play back`);
  return { name: 'replay', title: `a recording of ${header.startedAt}`, agents, steps: stepsOf(moments.slice(start)) };
}

/** Waits count from what came before, so that a visitor who takes longer than the recorded one is waited for. */
function stepsOf(moments: readonly Moment[]): readonly ScenarioStep[] {
  let last = moments[0]?.at ?? 0;
  return moments.flatMap((moment): ScenarioStep[] => {
    const afterMs = Math.max(0, moment.at - last);
    last = Math.max(last, moment.at);
    if ('said' in moment) return [{ awaitMessage: true }];
    if ('emit' in moment) return [{ emit: moment.emit, afterMs }];
    return 'fault' in moment ? [{ fault: moment.fault, afterMs }] : [];
  });
}
