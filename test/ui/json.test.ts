import { describe, expect, test } from 'vitest';
import { encodeJson } from '../../src/ui/json.ts';

describe('encodeJson', () => {
  test('a line is one line with a line feed', () => {
    expect(encodeJson({ type: 'sent', text: 'a\nb' }, 'line')).toBe(
      '{"schemaVersion":1,"type":"sent","text":"a\\nb"}\n',
    );
  });

  test('a document is indented', () => {
    expect(encodeJson({ ok: true }, 'document')).toBe('{\n  "schemaVersion": 1,\n  "ok": true\n}\n');
  });

  test('the schema version comes first', () => {
    expect(Object.keys(JSON.parse(encodeJson({ a: 1 }, 'line')))).toEqual(['schemaVersion', 'a']);
  });

  test.each([
    ['eight-bit CSI', '\u009b31m'],
    ['delete', '\u007f'],
    ['a line separator', '\u2028'],
    ['an override', '\u202e'],
    ['an isolate', '\u2066'],
    ['a direction mark', '\u200f'],
    ['an escape', '\u001b[2J'],
  ])('%s is written as an escape and read back whole', (_what, text) => {
    const json = encodeJson({ text }, 'line');
    expect(json.trimEnd()).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(json).text).toBe(text);
  });

  test('a command to GitHub Actions is broken up and read back whole', () => {
    const json = encodeJson({ text: '###[error]x' }, 'line');
    expect(json).not.toContain('##[');
    expect(JSON.parse(json).text).toBe('###[error]x');
  });

  test('readable text stays readable', () => {
    expect(encodeJson({ text: 'Zoë 東京 👍' }, 'line')).toContain('Zoë 東京 👍');
  });

  test('half a surrogate pair stays valid JSON', () => {
    expect(encodeJson({ text: '\ud800' }, 'line')).toContain('"\\ud800"');
  });

  test('fields without a value are left out', () => {
    expect(encodeJson({ a: undefined }, 'line')).toBe('{"schemaVersion":1}\n');
  });
});
