import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { holdsSecret, maskSecrets } from '../../src/values/secrets.ts';

describe('maskSecrets', () => {
  it.each([
    ['an access token', '00D8Z000001kQ7P!AQ0AQhunter22.x_y', 'hunter22'],
    ['a short access token', '00D8Z000001kQ7P!h2', 'h2'],
    ['an encoded access token', 'sid=00D8Z000001kQ7P%21AQ0AQhunter22', 'hunter22'],
    ['an access token in small letters', '00d8z000001kq7p!aq0aqhunter22', 'hunter22'],
    ['an access token with the long ID', '00D8Z000001kQ7PUAU!AQ0AQhunter22', 'hunter22'],
    ['a JSON web token', 'eyJhbGciOiJI.eyJzdWIiOi.hunter22', 'hunter22'],
    ['a Live Agent session key', '7c1f0e52-7d6a-4a51-9a53-0c2b1d3e4f50!1700000000000!hunter22==', 'hunter22'],
    ['a bearer header', 'Authorization: Bearer hunter22hunter22', 'hunter22'],
    ['an sfdx address', 'force://PlatformCLI::hunter22@acme.my.salesforce.com', 'hunter22'],
    ['a password in an address', 'https://me:hunter22@acme.my.salesforce.com', 'hunter22'],
    ['a password by its name', '"password": "hunter22"', 'hunter22'],
    ['a client secret by its name', 'CLIENT_SECRET=hunter22', 'hunter22'],
    ['a refresh token by its name', "refreshToken: 'hunter22'", 'hunter22'],
  ])('hides %s', (_, text, secret) => {
    expect(maskSecrets(`before ${text} after`)).not.toContain(secret);
  });

  it.each([
    '00D8Z000001kQ7P',
    '00D8Z000001kQ7P is the ID!',
    'https://acme.my.salesforce-scrt.com',
    'https://me@acme.my.salesforce.com',
    '7c1f0e52-7d6a-4a51-9a53-0c2b1d3e4f50',
    '"accessToken": "[REDACTED] run another command"',
    'accessToken: process.env.TOKEN',
    'const password = null',
    'Acme_Bot',
  ])('leaves %s as it is', (text) => {
    expect([maskSecrets(text), holdsSecret(text)]).toEqual([text, false]);
  });

  test('keeps every line where it was', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '00D8Z000001kQ7P!abc',
            'password: x1y2z3',
            'a',
            '\n',
            ' ',
            'Bearer abcdefghij',
            'eyJabcdef.abcdef.x',
          ),
        ),
        (pieces) => {
          const text = pieces.join('');
          expect(maskSecrets(text).split('\n')).toHaveLength(text.split('\n').length);
        },
      ),
    );
  });
});
