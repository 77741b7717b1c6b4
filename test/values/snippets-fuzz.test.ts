import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readPaste } from '../../src/values/snippets.ts';
import { validateValues } from '../../src/values/validate.ts';
import { pastedText } from './arbitraries.ts';
import { BUTTON_CODE, CUSTOM_CLIENT_JSON, DEPLOYMENT_CODE, EMBEDDED_SERVICE_CODE, WEB_SNIPPET } from './samples.ts';

const MEGABYTE = 1_000_000;
const QUARTER = MEGABYTE / 4;
/** Far above what a linear reading takes here, far below what a quadratic one would. */
const LIMIT_MS = 5000;

const anySample = fc.constantFrom(DEPLOYMENT_CODE, BUTTON_CODE, EMBEDDED_SERVICE_CODE, WEB_SNIPPET, CUSTOM_CLIENT_JSON);
/** A real snippet that was cut, doubled, or had something typed into it. */
const damagedSample = fc
  .tuple(anySample, fc.nat(), fc.nat(), pastedText)
  .map(([sample, from, to, typed]) => sample.slice(0, from % sample.length) + typed + sample.slice(to % sample.length));

function isSound(text: string): boolean {
  const paste = readPaste(text);
  const lines = text.split(/\r\n?|\n/).length;
  const places = [...Object.values(paste.values), ...Object.values(paste.alternatives).flat()];
  return (
    places.every(({ text: value, line }) => value !== '' && line >= 1 && line <= lines) &&
    paste.unused.every(({ text: left }) => left !== '')
  );
}

describe('readPaste', () => {
  test('makes of any text values with a line of that text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), pastedText), isSound), {
      numRuns: 1000,
    });
  });

  test('makes of any damaged snippet values with a line of it', () => {
    fc.assert(fc.property(damagedSample, isSound), { numRuns: 1000 });
  });

  test('gives nothing that validate could stumble over', () => {
    fc.assert(
      fc.property(damagedSample, (text) => {
        const { values, ...paste } = readPaste(text);
        const given = Object.fromEntries(
          Object.entries(values).map(([field, { text: value, line }]) => [
            field,
            { text: value, source: { kind: 'paste' as const, line } },
          ]),
        );
        expect(validateValues({ values: given, ...paste }).values.length).toBeGreaterThan(2);
      }),
      { numRuns: 300 },
    );
  });

  test('gives the same for the same', () => {
    fc.assert(
      fc.property(damagedSample, (text) => {
        expect(readPaste(text)).toEqual(readPaste(text));
      }),
    );
  });

  test('never shows a token that was pasted, whatever stands around it', () => {
    const secret = '00D8Z000001kQ7P!AQ0AQhunter22hunter22';
    fc.assert(
      fc.property(
        anySample,
        fc.nat(),
        fc.constantFrom('"', "'", ' ', '\n', '=', ':', '&sid='),
        (sample, at, before) => {
          const place = at % sample.length;
          const text = `${sample.slice(0, place)}${before}${secret}\n${sample.slice(place)}`;
          expect(JSON.stringify(readPaste(text))).not.toContain('hunter22');
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Pieces that a careless reader would search again and again from every place. */
const REPEATED = [
  "'",
  '"',
  '`',
  '\\"',
  '\\',
  '//',
  '/*',
  '<!--',
  '<!---->',
  '```',
  '\n',
  ' ',
  'a',
  'a-',
  'a.',
  'a: ',
  'a="',
  '(',
  '{',
  '[',
  '}',
  'liveagent.init(',
  "liveagent.init('",
  'embeddedservice_bootstrap.init({',
  'preChatInfo = {',
  '{"a":',
  '["',
  'orgId="x" ',
  'orgId: x,\n',
  'Organization ID\n',
  'Organization ID ',
  'Developer Name:',
  '--org-id ',
  '| a ',
  '&amp;',
  '&#39;',
  '%25',
  '?orgId=1',
  '[573',
  'https://',
  'http://a.my.salesforce.com/x?y ',
  '5738Z000000Rt9M ',
  '00D8Z000001kQ7P!',
  'eyJaaaaaa-',
  'eyJaaaaaa.',
  'password ',
  'password=aaaaaa',
  'Bearer ',
  '12345678-1234-1234-1234-123456789012',
  '\u200b',
  '\u00a0',
  '“',
  '–',
  '\\n',
  '\\u0041',
  '\r\n',
  '\r',
  '#',
  '\t=',
] as const;

describe('a long paste', () => {
  it.each(REPEATED)(
    'of %j is read in linear time',
    (piece) => {
      const text = piece.repeat(Math.ceil(QUARTER / piece.length));
      const started = performance.now();
      readPaste(text);
      expect(performance.now() - started).toBeLessThan(LIMIT_MS);
    },
    4 * LIMIT_MS,
  );

  test('of a megabyte of snippets is read in linear time', () => {
    const all = DEPLOYMENT_CODE + BUTTON_CODE + EMBEDDED_SERVICE_CODE + WEB_SNIPPET + CUSTOM_CLIENT_JSON;
    const started = performance.now();
    const paste = readPaste(all.repeat(Math.ceil(MEGABYTE / all.length)));
    expect(performance.now() - started).toBeLessThan(LIMIT_MS);
    expect(paste.values.buttonId?.text).toBe('5738Z000000Rt9M');
  });
});
