import fc from 'fast-check';
import { idChecksum } from '../../src/values/id-checksum.ts';

const ALPHANUMERIC = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];

function alphanumeric(length: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...ALPHANUMERIC), { minLength: length, maxLength: length })
    .map((letters) => letters.join(''));
}

/** Any 15 characters that a record ID may have. */
export const anyId15 = alphanumeric(15);

export function id15Of(prefix: string): fc.Arbitrary<string> {
  return alphanumeric(12).map((rest) => prefix + rest);
}

export function id18Of(prefix: string): fc.Arbitrary<string> {
  return id15Of(prefix).map((id) => id + idChecksum(id));
}

/** A My Domain name, with or without a sandbox, and the partition that goes with it. */
export const orgStem = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,18}(?:-dev-ed)?$/),
  fc.stringMatching(/^[a-z][a-z0-9]{0,18}--[a-z][a-z0-9]{0,8}\.sandbox$/),
  fc.stringMatching(/^[a-z][a-z0-9]{0,18}-dev-ed\.develop$/),
  fc.stringMatching(/^[a-z][a-z0-9]{0,18}\.(?:scratch|trailblaze|demo)$/),
);

/** Text of the kind people paste: pieces of real values, separators and noise. */
export const pastedText = fc
  .array(
    fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...[
          '00D8Z000001kQ7P',
          '00D8Z000001kQ7PUAU',
          '5728Z000000Xv2K',
          '5738Z000000Rt9M',
          '00D8Z000001kQ7P!AQ0AQsecret',
        ],
        ...[
          'https://',
          'http://',
          'acme.my.salesforce.com',
          'acme.my.salesforce-srct.com',
          'd.la1.salesforceliveagent.com/chat',
        ],
        ...[
          'liveagent.init(',
          'embedded_svc.init(',
          'embeddedservice_bootstrap.init(',
          'scrt2URL:',
          'preChatInfo = {',
          '})',
          ');',
        ],
        ...[
          '"',
          "'",
          '`',
          '\\',
          '//',
          '/*',
          '*/',
          '<!--',
          '-->',
          '{',
          '}',
          '[',
          ']',
          '(',
          ',',
          ':',
          '=',
          '|',
          '\n',
          '\r\n',
          ' ',
          '\t',
        ],
        ...[
          'Organization ID',
          'Developer Name: ',
          'SF_HANDOFF_ORG_ID=',
          '--org-id ',
          '&quot;',
          '&#39;',
          '%2F',
          '%',
          '\u00a0',
          '\u200b',
          '“',
          '’',
          '–',
        ],
        ...[
          '?org_id=',
          '&Availability.ids=[',
          'channel',
          'miaw',
          '"profiles"',
          '"OrganizationId"',
          'eyJhbGciOi.eyJzdWIiOi.x',
        ],
      ),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));
