import { readFileSync } from 'node:fs';

/**
 * What has to be the same in two values for a reader that knows only names and kinds: every member, in depth. `null` fits
 * anything, as an absent value is written so; lists are compared by their first items.
 */
export function differences(actual: unknown, expected: unknown, path = '$'): readonly string[] {
  if (actual === null || expected === null) return [];
  const kinds = [kindOf(actual), kindOf(expected)];
  if (kinds[0] !== kinds[1]) return [`${path}: ${kinds[0]} instead of ${kinds[1]}`];
  if (Array.isArray(actual) && Array.isArray(expected)) {
    const isEmpty = actual.length === 0 || expected.length === 0;
    return isEmpty ? [] : differences(actual[0], expected[0], `${path}[0]`);
  }
  if (isRecord(actual) && isRecord(expected)) return memberDifferences(actual, expected, path);
  return [];
}

type Members = Readonly<Record<string, unknown>>;

function memberDifferences(actual: Members, expected: Members, path: string): readonly string[] {
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...names].flatMap((name) => {
    if (!(name in actual)) return [`${path}.${name} is missing`];
    if (!(name in expected)) return [`${path}.${name} is too much`];
    return differences(actual[name], expected[name], `${path}.${name}`);
  });
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A neutral wire fixture of MIAW, parsed. */
export function fixture(name: string) {
  return JSON.parse(fixtureText(name));
}

function fixtureText(name: string): string {
  return readFileSync(new URL(`../fixtures/wire/miaw/${name}`, import.meta.url), 'utf8');
}

/** The event name and the envelope of a stream fixture, with the payload parsed. */
export function fixtureFrame(name: string): { readonly event: string; readonly envelope: unknown } {
  const text = fixtureText(name);
  const event = /^event: (.*)$/m.exec(text)?.[1] ?? '';
  return { event, envelope: withParsedPayload(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') };
}

export function withParsedPayload(data: string): unknown {
  const envelope = JSON.parse(data);
  const entry = envelope.conversationEntry;
  return { ...envelope, conversationEntry: { ...entry, entryPayload: JSON.parse(entry.entryPayload) } };
}
