import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { normaliseDeveloperName } from '../../src/values/names.ts';
import { pastedText } from './arbitraries.ts';
import { codesOf, findingOf } from './findings.ts';

describe('a Developer Name that is right', () => {
  it.each(['Acme_Bot', 'A', 'acme', 'Acme_Custom_Client_2', 'ESW', 'Handoff2026'])(
    'passes without a word: %s',
    (name) => {
      expect(normaliseDeveloperName(name)).toEqual({ value: name, status: 'pass', findings: [] });
    },
  );

  it.each([
    ' Acme_Bot\n',
    '"Acme_Bot",',
    '‘Acme_Bot’',
    'Acme_Bot.EmbeddedServiceConfig',
    'Acme_Bot.EmbeddedServiceConfig-meta.xml',
    '\u200bAcme_Bot',
    'Developer Name: Acme_Bot',
    '"DeveloperName": "Acme_Bot",',
    'esDeveloperName=Acme_Bot',
  ])('passes once it is freed of what clings to it: %j', (given) => {
    const verdict = normaliseDeveloperName(given);
    expect(verdict).toMatchObject({ value: 'Acme_Bot', status: 'pass' });
    expect(codesOf(verdict.findings)).toEqual(['info VALUE_TRIMMED']);
  });

  test('keeps its capitals', () => {
    expect(normaliseDeveloperName('acme_BOT').value).toBe('acme_BOT');
  });

  test('is never changed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z](?:_?[A-Za-z0-9]){0,30}$/), (name) => {
        expect(normaliseDeveloperName(name).value).toBe(name);
      }),
    );
  });
});

describe('a Developer Name that looks odd', () => {
  it.each([
    ['two underscores in a row', 'Acme__Bot', 'NAME_UNDERSCORES'],
    ['an underscore at the end', 'Acme_Bot_', 'NAME_UNDERSCORES'],
    ['the name of a web deployment’s site', 'ESW_Acme_Web_1700000000000', 'SITE_NAME'],
    ['such a name without underscores', 'ESWAcmeWeb1700000000000', 'SITE_NAME'],
    ['more than 80 characters', `A${'b'.repeat(80)}`, 'NAME_LONG'],
  ])('is kept with a warning: %s', (_, given, code) => {
    const verdict = normaliseDeveloperName(given);
    expect(verdict).toMatchObject({ value: given, status: 'warn' });
    expect(codesOf(verdict.findings)).toEqual([`warn ${code}`]);
  });
});

describe('what stands where a name belongs', () => {
  it.each([
    ['the ID of a deployment', '04I8Z000000Gq5B', 'ID_INSTEAD_OF_NAME'],
    ['the same with 18 characters', '04I8Z000000Gq5BUAS', 'ID_INSTEAD_OF_NAME'],
    ['the ID of a messaging channel', '0Mj8Z000000Gq5B', 'ID_INSTEAD_OF_NAME'],
    ['the ID of a messaging session', '0Mw8Z000000Gq5B', 'ID_INSTEAD_OF_NAME'],
    ['the organization ID', '00D8Z000001kQ7P', 'ID_INSTEAD_OF_NAME'],
    ['an ID of an unknown object', '0XY8Z000000Gq5B', 'ID_INSTEAD_OF_NAME'],
    ['the address of a record', 'https://acme.my.salesforce.com/04I8Z000000Gq5B', 'ID_INSTEAD_OF_NAME'],
    ['a label', 'My Deployment', 'LABEL_INSTEAD_OF_NAME'],
    ['a base URL', 'https://acme.my.salesforce-scrt.com', 'URL_INSTEAD_OF_NAME'],
    ['a host', 'acme.my.salesforce-scrt.com', 'URL_INSTEAD_OF_NAME'],
    ['the identifier of a conversation', '7c1f0e52-7d6a-4a51-9a53-0c2b1d3e4f50', 'UUID_INSTEAD_OF_NAME'],
    [
      'a name of legacy Embedded Chat',
      'EmbeddedServiceLiveAgent_Parent04I8Z000000Gq5BUAS_18f3a1c27d0',
      'LIVE_CHAT_NAME',
    ],
    ['a digit in front', '1Acme', 'NAME_CHARACTERS'],
    ['an underscore in front', '_Acme', 'NAME_CHARACTERS'],
    ['a hyphen', 'Acme-Bot', 'NAME_CHARACTERS'],
    ['a letter that is not English', 'Äcme', 'NAME_CHARACTERS'],
    ['nothing', '', 'VALUE_MISSING'],
  ])('is refused: %s', (_, given, code) => {
    const verdict = normaliseDeveloperName(given);
    expect(verdict).toMatchObject({ value: null, status: 'fail' });
    expect(codesOf(verdict.findings)).toEqual([`fail ${code}`]);
    expect(verdict.findings[0]?.step).toBe('miaw.2');
  });

  test('is named by its object', () => {
    expect(normaliseDeveloperName('0Mj8Z000000Gq5B').findings[0]?.message).toContain('a messaging channel');
  });

  test('is guessed at where it is a label', () => {
    expect(findingOf(normaliseDeveloperName(' My  Deployment (2) ').findings, 'LABEL_INSTEAD_OF_NAME').hint).toContain(
      'My_Deployment_2',
    );
  });

  it.each(['00D8Z000001kQ7P!AQ0AQhunter22', 'eyJhbGciOiJI.eyJzdWIiOi.c2lnbmF0dXJl'])(
    'is refused and masked where it is a token: %s',
    (given) => {
      const verdict = normaliseDeveloperName(given);
      expect(verdict).toMatchObject({ value: null, given: '[redacted]', findings: [{ code: 'ACCESS_TOKEN_PASTED' }] });
    },
  );
});

test('no text makes it throw, and a value is always a name that stays as it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), pastedText), (text) => {
      const { value, status } = normaliseDeveloperName(text);
      if (value === null) expect(status).toBe('fail');
      else expect([/^[A-Za-z]\w*$/.test(value), normaliseDeveloperName(value).value]).toEqual([true, value]);
    }),
    { numRuns: 500 },
  );
});
