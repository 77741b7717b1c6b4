import { describe, expect, test } from 'vitest';
import type { CheckStatus } from '../../src/core/check.ts';
import { HandoffError } from '../../src/core/errors.ts';
import type { Line } from '../../src/core/line.ts';
import type { CheckView } from '../../src/ui/doctor-area.ts';
import { type DoctorRunView, doctorReport } from '../../src/ui/doctor-report.ts';
import { columnsOf } from '../../src/ui/wrap.ts';

const WIDE = { width: 80, unicode: true, verbose: false };
const NARROW = { ...WIDE, width: 40 };

const plain = (lines: readonly Line[]) =>
  lines.map((line) =>
    line
      .map((span) => (typeof span === 'string' ? span : span.text))
      .join('')
      .trimEnd(),
  );
const page = (runs: readonly DoctorRunView[], options = WIDE) => `\n${plain(doctorReport(runs, options)).join('\n')}\n`;

const about = (id: string, title: string, durationMs = 14) => ({ id, title, durationMs, hint: 'mend it' });
const pass = (
  id: string,
  title: string,
  detail: string,
  more: { durationMs?: number; source?: string } = {},
): CheckView => ({
  ...about(id, title),
  status: 'pass',
  detail,
  ...more,
});
const skip = (id: string, title: string, reason: string): CheckView => ({
  ...about(id, title),
  status: 'skip',
  reason,
});

function runOf(checks: readonly CheckView[], more: Partial<DoctorRunView> = {}): DoctorRunView {
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  const counts = {
    pass: count('pass'),
    warn: count('warn'),
    fail: count('fail'),
    skip: count('skip'),
    crash: count('crash'),
  };
  const ok = counts.fail + counts.crash === 0;
  return { profile: 'acme-miaw', channel: 'miaw', ok, counts, checks, durationMs: 412, ...more };
}

const VALUES = [
  pass('values.org-id', 'Organization ID', '00D8Z000001kQ7PUAU → 00D8Z000001kQ7P', { source: 'flag' }),
  pass('values.developer-name', 'Developer Name', 'Acme_Bot', { source: 'profile acme-miaw' }),
];
const SLIP: CheckView = {
  ...about('values.base-url', 'Base URL'),
  status: 'fail',
  cause: 'BASE_URL_DOMAIN_SLIP',
  detail: 'https://acme.my.salesforce-srct.com',
  message: '“srct” is a slip in the vendor’s guide. Using https://acme.my.salesforce-scrt.com for the rest',
  hint: 'use the same host with salesforce-scrt.com',
  step: 'metadata.1',
  source: 'profile acme-miaw',
};
const NETWORK = [
  pass('network.dns', 'Name', 'acme.my.salesforce-scrt.com → 2 addresses'),
  pass('network.tcp', 'TCP', '192.0.2.1:443', { durationMs: 31 }),
  pass('network.tls', 'TLS', 'TLSv1.3, valid until 2027-02-11, DigiCert Inc', { durationMs: 44 }),
  pass('network.http', 'HTTP', 'answers, status 200', { durationMs: 88 }),
];
const PRE_CHAT: CheckView = {
  ...about('service.pre-chat', 'Pre-chat', 1),
  status: 'warn',
  cause: 'PRE_CHAT_NOT_IN_FORM',
  message: '“Pincode” is not in the published form (it has City, Country); Salesforce drops it silently',
  hint: 'add the field to the pre-chat form, then Publish',
  step: 'metadata.4',
};
const SERVICE = [
  pass('service.deployment', 'Deployment', 'published, type Custom Client', { durationMs: 88 }),
  pass('service.token', 'Token', 'guest, type Custom Client, expires in 6 h', { durationMs: 102 }),
];
const STREAM = pass('stream.open', 'Event stream', 'open after 95 ms, first byte after 96 ms', { durationMs: 120 });
const WELL = runOf([...VALUES, ...NETWORK, ...SERVICE, STREAM]);
const ILL = runOf([SLIP, ...VALUES, ...NETWORK, ...SERVICE, PRE_CHAT, STREAM]);
const CUT_OFF = runOf([
  ...VALUES,
  {
    ...about('network.dns', 'Name'),
    status: 'fail',
    cause: 'NAME_NOT_FOUND',
    message: 'acme.my.salesforce-scrt.com does not resolve',
    step: 'miaw.2',
  },
  skip('network.tcp', 'TCP', 'not asked, because network.dns failed'),
  skip('network.tls', 'TLS', 'not asked, because network.dns failed'),
  skip('service.token', 'Token', 'not asked, because network.dns failed'),
]);

describe('a run in which all is well', () => {
  test('takes one line for each area and names the next step', () => {
    expect(page([WELL])).toMatchInlineSnapshot(`
      "
      sf-handoff doctor                                       profile acme-miaw · MIAW

        ✔ Values   Organization ID, Developer Name
        ✔ Network  Name, TCP, TLS, HTTP
        ✔ Service  Deployment, Token
        ✔ Stream   Event stream

      9 passed in 412 ms
      Ready to publish. Try it: sf-handoff test-chat
      "
    `);
  });

  test('is told check by check where that is asked for, with ids', () => {
    expect(page([WELL], { ...WIDE, verbose: true })).toMatchInlineSnapshot(`
      "
      sf-handoff doctor                                       profile acme-miaw · MIAW

      Values
        ✔ Organization ID  00D8Z000001kQ7PUAU → 00D8Z000001kQ7P  values.org-id  (flag)
        ✔ Developer Name   Acme_Bot         values.developer-name  (profile acme-miaw)
      Network
        ✔ Name  acme.my.salesforce-scrt.com → 2 addresses           network.dns  14 ms
        ✔ TCP   192.0.2.1:443                                       network.tcp  31 ms
        ✔ TLS   TLSv1.3, valid until 2027-02-11, DigiCert Inc       network.tls  44 ms
        ✔ HTTP  answers, status 200                                network.http  88 ms
      Service
        ✔ Deployment  published, type Custom Client          service.deployment  88 ms
        ✔ Token       guest, type Custom Client, expires in 6 h  service.token  102 ms
      Stream
        ✔ Event stream  open after 95 ms, first byte after 96 ms   stream.open  120 ms

      9 passed in 412 ms
      Ready to publish. Try it: sf-handoff test-chat
      "
    `);
  });

  test('and a chat went through needs no test chat', () => {
    const chat = pass('chat.close', 'Close', 'closed, nothing left open');
    expect(page([runOf([...WELL.checks, chat])])).toContain('Ready to publish. The test chat went through.');
  });

  test('shows in full only the area with a warning', () => {
    expect(page([runOf([...VALUES, ...NETWORK, ...SERVICE, PRE_CHAT, STREAM])])).toMatchInlineSnapshot(`
      "
      sf-handoff doctor                                       profile acme-miaw · MIAW

        ✔ Values   Organization ID, Developer Name
        ✔ Network  Name, TCP, TLS, HTTP
      Service
        ✔ Deployment  published, type Custom Client                              88 ms
        ✔ Token       guest, type Custom Client, expires in 6 h                 102 ms
        ! Pre-chat    “Pincode” is not in the published form (it has City,        1 ms
                      Country); Salesforce drops it silently
          → add the field to the pre-chat form, then Publish
          → sf-handoff guide metadata.4                           PRE_CHAT_NOT_IN_FORM
        ✔ Stream   Event stream

      1 warning · 9 passed in 412 ms
      Ready to publish, but look at the warnings above. Try it: sf-handoff test-chat
      "
    `);
  });

  test('promises nothing where only the values were looked at', () => {
    const text = page([runOf(VALUES)]);
    expect(text).toContain('Next: ask the service with sf-handoff doctor');
    expect(text).not.toContain('Ready to publish');
  });

  test('promises nothing where only a few checks were asked for', () => {
    expect(page([runOf(SERVICE)])).not.toContain('Ready to publish');
  });

  test('promises nothing where warnings shall count as failures', () => {
    const text = page([runOf([...VALUES, ...NETWORK, ...SERVICE, PRE_CHAT], { ok: false })]);
    expect(text).toContain('First: mend “Pre-chat” (above), then run sf-handoff doctor again.');
    expect(text).not.toContain('Ready to publish');
  });
});

describe('a run in which something is wrong', () => {
  test('shows what, what to do, where to read on, and the code', () => {
    expect(page([ILL])).toMatchInlineSnapshot(`
      "
      sf-handoff doctor                                       profile acme-miaw · MIAW

      Values
        ✖ Base URL         https://acme.my.salesforce-srct.com     (profile acme-miaw)
          “srct” is a slip in the vendor’s guide. Using
          https://acme.my.salesforce-scrt.com for the rest
          → use the same host with salesforce-scrt.com
          → sf-handoff guide metadata.1                           BASE_URL_DOMAIN_SLIP
        ✔ Organization ID  00D8Z000001kQ7PUAU → 00D8Z000001kQ7P                 (flag)
        ✔ Developer Name   Acme_Bot                                (profile acme-miaw)
      Network
        ✔ Name  acme.my.salesforce-scrt.com → 2 addresses                        14 ms
        ✔ TCP   192.0.2.1:443                                                    31 ms
        ✔ TLS   TLSv1.3, valid until 2027-02-11, DigiCert Inc                    44 ms
        ✔ HTTP  answers, status 200                                              88 ms
      Service
        ✔ Deployment  published, type Custom Client                              88 ms
        ✔ Token       guest, type Custom Client, expires in 6 h                 102 ms
        ! Pre-chat    “Pincode” is not in the published form (it has City,        1 ms
                      Country); Salesforce drops it silently
          → add the field to the pre-chat form, then Publish
          → sf-handoff guide metadata.4                           PRE_CHAT_NOT_IN_FORM
      Stream
        ✔ Event stream  open after 95 ms, first byte after 96 ms                120 ms
      Chat
        – not opened  --level chat rings a real agent

      1 failed · 1 warning · 9 passed in 412 ms
      First: mend “Base URL” (above), then run sf-handoff doctor again.
      "
    `);
  });

  test('gathers what was skipped for one reason', () => {
    expect(page([CUT_OFF])).toMatchInlineSnapshot(`
      "
      sf-handoff doctor                                       profile acme-miaw · MIAW

      Values
        ✔ Organization ID  00D8Z000001kQ7PUAU → 00D8Z000001kQ7P                 (flag)
        ✔ Developer Name   Acme_Bot                                (profile acme-miaw)
      Network
        ✖ Name  acme.my.salesforce-scrt.com does not resolve                     14 ms
          → mend it
          → sf-handoff guide miaw.2                                     NAME_NOT_FOUND
        – TCP, TLS
          not asked, because network.dns failed
      Service
        – Token  not asked, because network.dns failed
      Chat
        – not opened  --level chat rings a real agent

      1 failed · 2 passed · 3 skipped in 412 ms
      First: mend “Name” (above), then run sf-handoff doctor again.
      "
    `);
  });

  test('stays readable on forty columns', () => {
    expect(page([ILL], NARROW)).toMatchInlineSnapshot(`
      "
      sf-handoff doctor
      profile acme-miaw · MIAW

      Values
        ✖ Base URL         (profile acme-miaw)
          https://acme.my.salesforce-srct.com
          “srct” is a slip in the vendor’s
          guide. Using
          https://acme.my.salesforce-scrt.com
          for the rest
          → use the same host with
            salesforce-scrt.com
          → sf-handoff guide metadata.1
          BASE_URL_DOMAIN_SLIP
        ✔ Organization ID               (flag)
          00D8Z000001kQ7PUAU → 00D8Z000001kQ7P
        ✔ Developer Name   (profile acme-miaw)
          Acme_Bot
      Network
        ✔ Name                           14 ms
          acme.my.salesforce-scrt.com → 2
          addresses
        ✔ TCP                            31 ms
          192.0.2.1:443
        ✔ TLS                            44 ms
          TLSv1.3, valid until 2027-02-11,
          DigiCert Inc
        ✔ HTTP                           88 ms
          answers, status 200
      Service
        ✔ Deployment                     88 ms
          published, type Custom Client
        ✔ Token                         102 ms
          guest, type Custom Client, expires
          in 6 h
        ! Pre-chat                        1 ms
          “Pincode” is not in the published
          form (it has City, Country);
          Salesforce drops it silently
          → add the field to the pre-chat
            form, then Publish
          → sf-handoff guide metadata.4
          PRE_CHAT_NOT_IN_FORM
      Stream
        ✔ Event stream                  120 ms
          open after 95 ms, first byte after
          96 ms
      Chat
        – not opened
          --level chat rings a real agent

      1 failed · 1 warning · 9 passed in 412
      ms
      First: mend “Base URL” (above), then run
      sf-handoff doctor again.
      "
    `);
  });

  test.each([40, 60, 80, 120])('keeps every line within %i columns', (width) => {
    const lines = [ILL, CUT_OFF, WELL].flatMap((run) => plain(doctorReport([run], { ...WIDE, width })));
    expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
  });

  test('wraps the titles of many checks skipped for one reason', () => {
    const reason = 'not asked, because service.deployment failed';
    const titles = ['Token', 'Pre-chat', 'Business hours', 'Features'];
    const run = runOf([SLIP, ...titles.map((title) => skip(`service.${title}`, title, reason))]);
    const rows = ['  – Token, Pre-chat, Business hours,', '    Features', '    not asked, because'];
    expect(page([run], NARROW)).toContain(`\nService\n${rows.join('\n')}\n    service.deployment failed\n`);
  });

  test('tells a crash as a mistake of the program', () => {
    const error = new HandoffError('INTERNAL', { message: 'sf-handoff made a mistake: oops' });
    const crash: CheckView = { ...about('service.token', 'Token'), status: 'crash', error };
    expect(page([runOf([crash])])).toMatchInlineSnapshot(`
      "
      sf-handoff doctor                                       profile acme-miaw · MIAW

      Service
        ✖ Token  sf-handoff made a mistake: oops                                 14 ms
          → run it again with --verbose and report what it prints             INTERNAL

      1 crashed in 412 ms
      “Token” could not be checked: run it again with --verbose and report what it
      prints.
      "
    `);
  });
});

describe('a terminal without Unicode', () => {
  test('gets symbols of plain letters', () => {
    const text = plain(doctorReport([ILL, CUT_OFF], { ...WIDE, unicode: false })).join('\n');
    expect(text.match(/[✔✖–→·]/g)).toBeNull();
    expect(text).toContain('  x Base URL');
  });
});

describe('colour', () => {
  const spans = doctorReport([ILL], WIDE).flat();
  const tonesOf = (text: string) =>
    spans.flatMap((span) => (typeof span !== 'string' && span.text === text ? [span.tone] : []));

  test('marks each status, beside its symbol', () => {
    expect([new Set(tonesOf('✔')), new Set(tonesOf('!')), new Set(tonesOf('✖'))]).toEqual([
      new Set(['ok']),
      new Set(['warn']),
      new Set(['fail']),
    ]);
  });

  test('dims the code', () => {
    expect(tonesOf('BASE_URL_DOMAIN_SLIP')).toEqual(['dim']);
  });
});

describe('several runs', () => {
  test('are summed up below the last', () => {
    const legacy = runOf([PRE_CHAT], { profile: 'acme-chat', channel: 'live-chat' });
    const text = plain(doctorReport([ILL, legacy], WIDE));
    expect(text.slice(-2)).toMatchInlineSnapshot(`
      [
        "! acme-chat  Live Chat  1 warning  PRE_CHAT_NOT_IN_FORM",
        "1 of 2 ready, 1 not",
      ]
    `);
  });

  test('are not summed up where there is one', () => {
    expect(plain(doctorReport([WELL], WIDE)).at(-1)).toBe('Ready to publish. Try it: sf-handoff test-chat');
  });
});

test('a suppressed finding stays in sight where all else is well', () => {
  const suppressed: CheckView = {
    ...about('service.retirement', 'Retirement'),
    status: 'skip',
    cause: 'LIVE_CHAT_RETIRED',
    reason: 'suppressed until 2027-05-31: moving in May',
  };
  expect(page([runOf([suppressed])])).toContain('– Retirement  suppressed until 2027-05-31: moving in May');
});

test('a run of nothing says so', () => {
  expect(page([runOf([])])).toContain('nothing to check in 412 ms');
});

test('wide letters keep the right margin', () => {
  const lines = plain(
    doctorReport([runOf([pass('service.token', 'Token', '客服'.repeat(10))])], { ...WIDE, verbose: true }),
  );
  expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
});
