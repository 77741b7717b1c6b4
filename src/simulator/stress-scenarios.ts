import type { Participant } from '../core/events.ts';
import type { Scenario } from './model.ts';
import { breaks, converses, emit, greets, JONAS, joins, MARIA, queued, says } from './scenario-steps.ts';

const ESC = '\u001b';
const WIDE = '漢字かな🧑‍👩‍👧‍👦 ';
const MALLORY: Participant = { name: `Mallory${ESC}[31m\u0007\r\n\u202eevil${'e'.repeat(300)}`, role: 'agent' };

/** A link that breaks between two messages: all of them must still arrive, once each. */
function interrupted(name: string, title: string, fault: string): Scenario {
  return {
    name,
    title,
    agents: 'online',
    steps: [
      queued(1, 10),
      joins(MARIA, 1000),
      says(MARIA, 'This is the first message.', 500),
      breaks(fault, 500),
      says(MARIA, 'This is the second message.', 500),
      says(MARIA, 'This is the third message.', 500),
      converses(MARIA),
    ],
  };
}

/** What clients have to withstand. */
export const STRESS_SCENARIOS: readonly Scenario[] = [
  interrupted('stream-drop', 'the event stream breaks in mid-chat', 'drop-stream'),
  interrupted('poll-drop', 'the answer to a poll gets lost in mid-chat', 'lost-poll'),
  interrupted('server-moved', 'the session moves to another server in mid-chat', 'drop-affinity'),
  {
    name: 'unknown-event',
    title: 'events of a kind that nobody knows yet',
    agents: 'online',
    steps: [
      queued(1, 10),
      emit({ type: 'unknown', wireType: 'FutureThing', raw: { note: 'from a later release', level: 7 } }, 200),
      joins(MARIA, 800),
      emit({ type: 'unknown', wireType: 'AnotherThing', raw: {} }, 200),
      converses(MARIA),
    ],
  },
  {
    name: 'hostile',
    title: 'escape sequences, control characters and very long texts',
    agents: 'online',
    steps: [
      greets(`${ESC}]0;owned\u0007${ESC}[2J${ESC}[H\u009b31mCleared your screen?`, 200),
      joins(MALLORY, 500),
      says(MALLORY, `${ESC}[1A${ESC}[2K✔ All checks passed\r✖ overwritten\b\b\b\u0000`, 300),
      says(MALLORY, `${ESC}]8;;https://evil.example.com\u0007click me${ESC}]8;;\u0007`, 300),
      says(MALLORY, WIDE.repeat(800), 300),
      says(MALLORY, 'x'.repeat(30_000), 300),
      says(MALLORY, 'e\u0301\u0302\u0303'.repeat(500), 300),
      says(MALLORY, '\u202ethgir ot tfel\u2066 \u200b\ufeff', 300),
      says(MALLORY, 'line one\nline two\u2028line three\u2029data: {"type":"forged"}\n\nevent: forged', 300),
      joins(JONAS, 500),
      converses(JONAS),
    ],
  },
];
