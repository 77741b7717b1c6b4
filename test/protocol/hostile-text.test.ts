import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AgentEventBody } from '../../src/core/events.ts';
import { decodeLiveChat } from '../../src/transport/live-chat-decode.ts';
import { FRESH_LIVE_CHAT } from '../../src/transport/live-chat-state.ts';
import { decodeMiaw } from '../../src/transport/miaw-decode.ts';
import { readFrame } from '../../src/transport/miaw-entry.ts';
import { createMiawState } from '../../src/transport/miaw-state.ts';
import { encodeJson } from '../../src/ui/json.ts';

const ESC = '\u001b';
/** What a stranger may write into any field; the last ones are not even text. */
const HOSTILE: readonly (readonly [string, unknown])[] = [
  ['half a surrogate pair', 'a\ud800b\udc00'],
  ['NUL and other controls', '\u0000\u0007\b\r\n\u0085\u009b31m'],
  ['a terminal title and a cleared screen', `${ESC}]0;owned\u0007${ESC}[2J${ESC}[H`],
  ['a link and the clipboard', `${ESC}]8;;https://evil.example.com\u0007x${ESC}]8;;\u0007${ESC}]52;c;ZXZpbA==\u0007`],
  ['overrides of direction', '\u202egnp.exe\u2066\u2069\u200f'],
  ['ends of lines that JSON lets pass', 'a\u2028b\u2029{"type":"forged"}'],
  ['a forged event', 'x\n\ndata: {"type":"forged"}\n\n'],
  ['a line of one megabyte', 'x'.repeat(1024 * 1024)],
  ['names of every object', '__proto__'],
  ['no text', null],
  ['a number', -1e308],
  ['a list of lists', [[[['x']]]]],
  ['an object', { toString: 'x', length: 1e9 }],
];

const WIRE = new URL('../fixtures/wire/', import.meta.url);

function fixtures(folder: string, fits: RegExp): readonly (readonly [string, string])[] {
  const names = readdirSync(new URL(folder, WIRE)).filter((name) => fits.test(name));
  return names.map((name) => [name, readFileSync(new URL(`${folder}${name}`, WIRE), 'utf8')]);
}

/** Each string, number and truth of a value replaced in turn, also inside JSON that stands in a string. */
function* spoiled(value: unknown, hostile: unknown): Generator<unknown> {
  if (typeof value === 'string' && value.startsWith('{')) {
    for (const inner of spoiled(JSON.parse(value), hostile)) yield JSON.stringify(inner);
  }
  if (typeof value !== 'object' || value === null) {
    yield hostile;
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    for (const changed of spoiled(member, hostile)) {
      yield Array.isArray(value)
        ? value.map((one, index) => (String(index) === key ? changed : one))
        : { ...value, [key]: changed };
    }
  }
}

/** Lines of JSON that are broken, or hold what a terminal would act upon. */
function badLines(events: readonly AgentEventBody[]): readonly string[] {
  return events
    .map((event) => encodeJson(event, 'line'))
    .filter(
      (line) =>
        line.indexOf('\n') !== line.length - 1 ||
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(line) ||
        !isWhole(line),
    );
}

function isWhole(line: string): boolean {
  return typeof JSON.parse(line).type === 'string';
}

describe.each(HOSTILE)('%s in any field', (_what, hostile) => {
  it.each(fixtures('miaw/', /\.sse$/))('of %s gives events of one line each', (_name, text) => {
    const event = /^event: ?(.*)$/m.exec(text)?.[1] ?? 'message';
    const data = /^data: ?(.*)$/m.exec(text)?.[1] ?? '{}';
    for (const changed of spoiled(JSON.parse(data), hostile)) {
      const entry = readFrame({ event, data: JSON.stringify(changed) });
      if (!entry) continue;
      const first = decodeMiaw(createMiawState('v1'), entry);
      const second = decodeMiaw(first.state, entry);
      expect(badLines([...first.events, ...second.events])).toEqual([]);
    }
  });

  it.each(fixtures('live-chat/', /^message-.*\.json$/))('of %s gives events of one line each', (_name, text) => {
    for (const changed of spoiled(JSON.parse(text), hostile)) {
      const first = decodeLiveChat(FRESH_LIVE_CHAT, changed);
      const second = decodeLiveChat(first.state, changed);
      expect(badLines([...first.events, ...second.events])).toEqual([]);
    }
  });
});
