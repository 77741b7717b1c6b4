import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../src/core/errors.ts';
import { GUIDE_STEPS } from '../../src/core/guide-step.ts';
import { allCauses, CAUSE_GROUPS, explanationOf } from '../../src/doctor/causes.ts';
import { GUIDE } from '../../src/guide/steps.ts';
import { causesMarkdown } from '../../src/ui/cause-pages.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Rooms in which a text in capitals with an underscore is a cause and nothing else, and the words that are not. */
const ROOMS = ['src/values', 'src/doctor', 'src/config'];
const NO_CAUSES: ReadonlySet<string> = new Set(['NODE_EXTRA_CA_CERTS']);

/** Every cause named in the source: codes of errors, of findings and of outcomes. */
function causesInSource(): readonly string[] {
  const named = ROOMS.flatMap((room) => {
    const files = readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts') && !/^causes[/\\]/.test(file));
    return sources.flatMap((file) => {
      const text = readFileSync(join(ROOT, room, file), 'utf8');
      return [...text.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map((match) => match[1] ?? '');
    });
  });
  const causes = named.filter((name) => !NO_CAUSES.has(name) && !name.startsWith('SF_HANDOFF_'));
  return [...new Set([...Object.keys(ERRORS), ...causes])].sort();
}

describe('every cause', () => {
  it('that occurs in the source is explained', () => {
    expect(causesInSource().filter((cause) => !explanationOf(cause))).toEqual([]);
  });

  it('that is explained occurs in the source', () => {
    const occurring = causesInSource();
    expect(allCauses().filter((cause) => !occurring.includes(cause))).toEqual([]);
  });

  it('is explained once', () => {
    expect(new Set(allCauses()).size).toBe(allCauses().length);
  });

  it('has symptom, proof and mend as sentences', () => {
    const broken = CAUSE_GROUPS.flatMap(({ causes }) =>
      Object.entries(causes)
        .filter(([, { symptom, proof, mend }]) => ![symptom, proof, mend].every((text) => /^\S.{8,}[.?]$/.test(text)))
        .map(([code]) => code),
    );
    expect(broken).toEqual([]);
  });

  it('of doctor leads to a step of the guide, unless it is of the network or of the program', () => {
    const groups = CAUSE_GROUPS.filter(({ title }) => !/Network|Command/.test(title));
    const lost = groups.flatMap(({ causes }) =>
      Object.entries(causes)
        .filter(([, { step }]) => step === undefined)
        .map(([code]) => code),
    );
    expect(lost.sort()).toEqual([
      'CHAT_LEFT_OPEN',
      'EXPECTATION_NOT_MET',
      'MESSAGE_NOT_CONFIRMED',
      'SUPPRESSION_EXPIRED',
      'SUPPRESSION_INCOMPLETE',
    ]);
  });
});

describe('every step', () => {
  const known = new Set<string>(GUIDE.map(({ id }) => id));

  it('that may be named is in the guide', () => {
    expect(GUIDE_STEPS.filter((step) => !known.has(step))).toEqual([]);
  });

  it('that a hint in the source names is in the guide', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
    const named = files
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(join(ROOT, 'src', file), 'utf8').matchAll(/sf-handoff guide ([a-z]+(?:-[a-z]+)?\.[a-z\d]+)/g),
      ]);
    expect(named.map((match) => match[1]).filter((step) => !known.has(step ?? ''))).toEqual([]);
  });
});

it('docs/causes.md is what the data says (npm run docs writes it)', () => {
  const groups = CAUSE_GROUPS.map(({ title, causes }) => ({
    title,
    causes: Object.entries(causes).map(([code, cause]) => ({ code, ...cause })),
  }));
  expect(readFileSync(join(ROOT, 'docs/causes.md'), 'utf8')).toBe(causesMarkdown(groups));
});
