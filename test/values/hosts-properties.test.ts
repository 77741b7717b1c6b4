import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isLoopbackHost, isSrctHost, normaliseBaseUrl, normaliseLiveAgentUrl } from '../../src/values/hosts.ts';
import { orgStem, pastedText } from './arbitraries.ts';

const normalisers = [
  ['base URLs', normaliseBaseUrl, /^https?:\/\/[^/?#\s]+$/],
  ['Live Agent URLs', normaliseLiveAgentUrl, /^https?:\/\/[^/?#\s]+\/chat$/],
] as const;

describe.each(normalisers)('normalising %s', (_, normalise, form) => {
  test('never throws, and a value always has the one form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), pastedText), (text) => {
        const { value, status } = normalise(text);
        if (value === null) expect(status).toBe('fail');
        else expect(value).toMatch(form);
      }),
      { numRuns: 500 },
    );
  });

  test('a second time changes nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          pastedText,
          orgStem.map((stem) => `${stem}.my.salesforce.com/x`),
        ),
        (text) => {
          const { value } = normalise(text);
          if (value !== null) expect(normalise(value).value).toBe(value);
        },
      ),
    );
  });

  test('gives nothing that lies on the misspelt domain', () => {
    fc.assert(
      fc.property(orgStem, fc.constantFrom('', '/', '/chat', '/x?y'), (stem, path) => {
        const { value } = normalise(`https://${stem}.my.salesforce-srct.com${path}`);
        expect(value).not.toContain('srct');
      }),
    );
  });
});

test('a right base URL is never changed', () => {
  fc.assert(
    fc.property(orgStem, (stem) => {
      const given = `https://${stem}.my.salesforce-scrt.com`;
      expect(normaliseBaseUrl(given)).toEqual({ value: given, status: 'pass', findings: [] });
    }),
  );
});

test('every host of an org whose derivation is documented leads to the same base URL', () => {
  fc.assert(
    fc.property(
      orgStem,
      fc.constantFrom('.my.salesforce.com', '.lightning.force.com', '.my.salesforce-setup.com'),
      (stem, suffix) => {
        expect(normaliseBaseUrl(`https://${stem}${suffix}`)).toMatchObject({
          value: `https://${stem}.my.salesforce-scrt.com`,
          status: 'pass',
        });
      },
    ),
  );
});

describe('isLoopbackHost', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.255',
    '127.0.0.1:8080',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'localhost:3000',
    '[::1]',
    '[::1]:3000',
    '::1',
  ])('knows %s as this computer', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each([
    '128.0.0.1',
    '127.0.0.256',
    '127.0.0',
    '127.0.0.1.example.com',
    'localhost.example.com',
    'notlocalhost',
    '10.0.0.1',
    '0.0.0.0',
    '[::2]',
    '',
  ])('takes %j for another', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

describe('isSrctHost', () => {
  it.each([
    'salesforce-srct.com',
    'acme.my.salesforce-srct.com',
    'ACME.MY.SALESFORCE-SRCT.COM',
    'acme.salesforce-srct.com.',
    'acme.salesforce-srct.com:443',
  ])('knows %s', (host) => {
    expect(isSrctHost(host)).toBe(true);
  });

  it.each(['acme.my.salesforce-scrt.com', 'notsalesforce-srct.com', 'salesforce-srct.com.example.com', ''])(
    'lets %j be',
    (host) => {
      expect(isSrctHost(host)).toBe(false);
    },
  );
});
