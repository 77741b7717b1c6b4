import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIELD_PREFIXES, type IdField } from '../../src/values/id-owner.ts';
import { normaliseId } from '../../src/values/ids.ts';
import { id15Of, id18Of, pastedText } from './arbitraries.ts';

const anyField = fc.constantFrom<IdField>('orgId', 'deploymentId', 'buttonId');
const field15 = anyField.chain((field) => id15Of(FIELD_PREFIXES[field]).map((id) => ({ field, id })));
const field18 = anyField.chain((field) => id18Of(FIELD_PREFIXES[field]).map((id) => ({ field, id })));

test('a right ID of 15 characters is never changed and never fails', () => {
  fc.assert(
    fc.property(field15, ({ field, id }) => {
      const verdict = normaliseId(field, id);
      expect(verdict.value).toBe(id);
      expect(verdict.status).not.toBe('fail');
    }),
  );
});

test('a right ID of 18 characters becomes its first 15 and passes', () => {
  fc.assert(
    fc.property(field18, ({ field, id }) => {
      expect(normaliseId(field, id)).toMatchObject({ value: id.slice(0, 15), status: 'pass' });
    }),
  );
});

test('any single change of letter case in an ID of 18 characters is found, and never leads to another ID', () => {
  const changed = fc.tuple(field18, fc.nat({ max: 17 })).map(([{ field, id }, position]) => {
    const character = id.charAt(position);
    const other = character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
    return { field, id, text: id.slice(0, position) + other + id.slice(position + 1) };
  });
  fc.assert(
    fc.property(
      changed.filter(({ id, text }) => id !== text),
      ({ field, id, text }) => {
        const verdict = normaliseId(field, text);
        expect(verdict.status).not.toBe('pass');
        expect([null, id.slice(0, 15)]).toContain(verdict.value);
      },
    ),
    { numRuns: 500 },
  );
});

test('normalising what was normalised changes nothing', () => {
  fc.assert(
    fc.property(anyField, pastedText, (field, text) => {
      const { value } = normaliseId(field, text);
      if (value !== null) expect(normaliseId(field, value).value).toBe(value);
    }),
  );
});

test('no text makes it throw, and a value always has the form of the field', () => {
  fc.assert(
    fc.property(anyField, fc.oneof(fc.string({ unit: 'binary' }), pastedText), (field, text) => {
      const { value, status, findings } = normaliseId(field, text);
      if (value === null) expect([status, findings.length > 0]).toEqual(['fail', true]);
      else expect(value).toMatch(new RegExp(`^${FIELD_PREFIXES[field]}[0-9A-Za-z]{12}$`));
    }),
    { numRuns: 500 },
  );
});
