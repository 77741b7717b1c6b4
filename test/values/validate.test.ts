import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { FieldName, GivenValues } from '../../src/core/config.ts';
import type { Channel } from '../../src/core/events.ts';
import { validateValues } from '../../src/values/validate.ts';
import { pastedText } from './arbitraries.ts';
import { codesOf, findingOf } from './findings.ts';

const LIVE_CHAT = {
  liveAgentUrl: 'https://d.la1-c1-fra.salesforceliveagent.com/chat',
  orgId: '00D8Z000001kQ7P',
  deploymentId: '5728Z000000Xv2K',
  buttonId: '5738Z000000Rt9M',
};
const MIAW = { orgId: '00D8Z000001kQ7P', baseUrl: 'https://acme.my.salesforce-scrt.com', developerName: 'Acme_Bot' };

type Texts = Readonly<Partial<Record<FieldName, string>>>;

function given(texts: Texts, more: Partial<GivenValues> = {}): GivenValues {
  const values = Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [field, { text, source: { kind: 'flag' as const } }]),
  );
  return { values, ...more };
}

function validate(texts: Texts, more: Partial<GivenValues> = {}) {
  return validateValues(given(texts, more));
}

describe('complete values', () => {
  test('of MIAW are ready to be sent and typed in', () => {
    expect(validate(MIAW)).toMatchObject({
      channel: 'miaw',
      ok: true,
      findings: [],
      unused: [],
      config: { channel: 'miaw', ...MIAW },
      koreForm: {
        'Organization ID': MIAW.orgId,
        'Organization Base URL': MIAW.baseUrl,
        'Developer Name': MIAW.developerName,
      },
    });
  });

  test('of Live Chat are ready, with the word that it was retired', () => {
    const validation = validate(LIVE_CHAT);
    expect(validation).toMatchObject({
      channel: 'live-chat',
      ok: true,
      config: { channel: 'live-chat', ...LIVE_CHAT },
    });
    expect(codesOf(validation.findings)).toEqual(['warn LIVE_CHAT_RETIRED']);
  });

  test('stand in the order of Kore.ai’s form', () => {
    expect([Object.keys(validate(LIVE_CHAT).koreForm), Object.keys(validate(MIAW).koreForm)]).toEqual([
      ['Live Agent URL', 'Organization ID', 'Deployment ID', 'Button ID'],
      ['Organization ID', 'Organization Base URL', 'Developer Name'],
    ]);
  });

  test('keep the source each of them came from', () => {
    const values = {
      ...given(MIAW).values,
      baseUrl: { text: MIAW.baseUrl, source: { kind: 'paste' as const, name: 'x.txt', line: 7 } },
    };
    expect(validateValues({ values }).values.map(({ source }) => source)).toEqual([
      { kind: 'flag' },
      { kind: 'paste', name: 'x.txt', line: 7 },
      { kind: 'flag' },
    ]);
  });

  test('as the guide gives them are mended', () => {
    const validation = validate({ ...MIAW, baseUrl: 'example.my.salesforce.com' });
    expect(validation).toMatchObject({ ok: true, config: { baseUrl: 'https://example.my.salesforce-scrt.com' } });
  });
});

describe('the domain that the guide misspells', () => {
  const slipped = { ...MIAW, baseUrl: 'https://example.my.salesforce-srct.com' };

  test('fails, and the mended host is used for what follows', () => {
    const validation = validate(slipped);
    expect(validation).toMatchObject({ ok: false, config: { baseUrl: 'https://example.my.salesforce-scrt.com' } });
    expect(validation.koreForm['Organization Base URL']).toBe('https://example.my.salesforce-scrt.com');
  });

  test('stays literal with a warning where it was asked for', () => {
    const validation = validateValues(given(slipped), { baseUrlDomain: 'salesforce-srct.com' });
    expect(validation).toMatchObject({ ok: true, config: { baseUrl: 'https://example.my.salesforce-srct.com' } });
    expect(validation.values[1]).toMatchObject({ status: 'warn', value: 'https://example.my.salesforce-srct.com' });
  });
});

describe('missing values', () => {
  test('are failed rows with nothing in them', () => {
    const validation = validate({ orgId: MIAW.orgId });
    expect(validation).toMatchObject({ channel: 'miaw', ok: false, config: null });
    expect(validation.values.slice(1)).toMatchObject([
      {
        field: 'baseUrl',
        given: '',
        value: null,
        status: 'fail',
        source: { kind: 'none' },
        findings: [{ code: 'VALUE_MISSING', step: 'miaw.2' }],
      },
      {
        field: 'developerName',
        given: '',
        value: null,
        status: 'fail',
        source: { kind: 'none' },
        findings: [{ code: 'VALUE_MISSING', step: 'miaw.2' }],
      },
    ]);
  });

  test('are empty texts in Kore.ai’s form', () => {
    expect(validate({}).koreForm).toEqual({ 'Organization ID': '', 'Organization Base URL': '', 'Developer Name': '' });
  });

  test('of Live Chat point to their own steps', () => {
    const steps = validate({}, { channel: 'live-chat' }).values.map(({ findings }) => findings[0]?.step);
    expect(steps).toEqual(['live-chat.2', 'live-chat.3', 'live-chat.4', 'live-chat.5']);
  });
});

describe('the channel', () => {
  it.each<[string, Texts, Channel]>([
    ['an organization ID alone', { orgId: MIAW.orgId }, 'miaw'],
    ['nothing', {}, 'miaw'],
    ['a base URL', { baseUrl: MIAW.baseUrl }, 'miaw'],
    ['a Developer Name', { developerName: 'Acme_Bot' }, 'miaw'],
    ['a Live Agent URL', { liveAgentUrl: LIVE_CHAT.liveAgentUrl }, 'live-chat'],
    ['a deployment ID', { deploymentId: LIVE_CHAT.deploymentId }, 'live-chat'],
    ['a button ID', { buttonId: LIVE_CHAT.buttonId }, 'live-chat'],
    ['a blank base URL beside a button ID', { baseUrl: ' ', buttonId: LIVE_CHAT.buttonId }, 'live-chat'],
  ])('follows from %s', (_, texts, channel) => {
    expect(validate(texts).channel).toBe(channel);
  });

  it.each<[string, Texts, Channel]>([
    ['Live Chat is complete', { ...LIVE_CHAT, baseUrl: MIAW.baseUrl }, 'live-chat'],
    ['MIAW is complete', { ...MIAW, buttonId: LIVE_CHAT.buttonId }, 'miaw'],
    ['both are complete', { ...LIVE_CHAT, ...MIAW }, 'miaw'],
  ])('is the more complete one where values of both are given: %s', (_, texts, channel) => {
    const validation = validate(texts);
    expect(validation.channel).toBe(channel);
    expect(findingOf(validation.findings, 'CHANNEL_MIXED').severity).toBe('warn');
  });

  test('is the one that was named, whatever the values say', () => {
    const validation = validate(MIAW, { channel: 'live-chat' });
    expect(validation.channel).toBe('live-chat');
    expect(findingOf(validation.findings, 'OTHER_CHANNEL_VALUES')).toMatchObject({
      severity: 'info',
      fields: ['baseUrl', 'developerName'],
    });
  });
});

describe('values in each other’s fields', () => {
  it.each<[string, Texts, readonly FieldName[]]>([
    [
      'deployment and button',
      { ...LIVE_CHAT, deploymentId: LIVE_CHAT.buttonId, buttonId: LIVE_CHAT.deploymentId },
      ['deploymentId', 'buttonId'],
    ],
    [
      'organization and deployment',
      { ...LIVE_CHAT, orgId: LIVE_CHAT.deploymentId, deploymentId: LIVE_CHAT.orgId },
      ['orgId', 'deploymentId'],
    ],
    [
      'all three IDs in a circle',
      { ...LIVE_CHAT, orgId: LIVE_CHAT.deploymentId, deploymentId: LIVE_CHAT.buttonId, buttonId: LIVE_CHAT.orgId },
      ['orgId', 'deploymentId', 'buttonId'],
    ],
    [
      'Live Agent URL and button',
      { ...LIVE_CHAT, liveAgentUrl: LIVE_CHAT.buttonId, buttonId: LIVE_CHAT.liveAgentUrl },
      ['liveAgentUrl', 'buttonId'],
    ],
    [
      'organization and name',
      { ...MIAW, orgId: MIAW.developerName, developerName: MIAW.orgId },
      ['orgId', 'developerName'],
    ],
    [
      'base URL and name',
      { ...MIAW, baseUrl: MIAW.developerName, developerName: MIAW.baseUrl },
      ['baseUrl', 'developerName'],
    ],
    ['organization and base URL', { ...MIAW, orgId: MIAW.baseUrl, baseUrl: MIAW.orgId }, ['orgId', 'baseUrl']],
  ])('are found and put right: %s', (_, texts, fields) => {
    const validation = validate(texts);
    const right = 'buttonId' in texts ? LIVE_CHAT : MIAW;
    expect(validation).toMatchObject({ ok: false, config: right });
    expect(findingOf(validation.findings, 'VALUES_SWAPPED')).toMatchObject({ severity: 'fail', fields });
    expect(validation.values.filter(({ status }) => status === 'fail').map(({ field }) => field)).toEqual(fields);
  });

  test('are put right also where one of them is long', () => {
    const texts = { ...LIVE_CHAT, deploymentId: `${LIVE_CHAT.buttonId}QAS`, buttonId: `${LIVE_CHAT.deploymentId}QAS` };
    expect(validate(texts).config).toMatchObject(LIVE_CHAT);
  });

  test('are told one by one where only one is misplaced', () => {
    const validation = validate({ ...LIVE_CHAT, orgId: 'somewhere', deploymentId: LIVE_CHAT.orgId });
    expect(findingOf(validation.findings, 'VALUE_MISPLACED').fields).toEqual(['orgId', 'deploymentId']);
    expect(validation).toMatchObject({
      config: null,
      koreForm: { 'Organization ID': LIVE_CHAT.orgId, 'Deployment ID': '' },
    });
  });

  test('leave the row of a field that was not given empty, and name the place', () => {
    const validation = validate({
      liveAgentUrl: LIVE_CHAT.liveAgentUrl,
      orgId: LIVE_CHAT.orgId,
      deploymentId: LIVE_CHAT.buttonId,
    });
    expect(validation.values[3]).toMatchObject({ field: 'buttonId', given: '', value: null });
    expect(findingOf(validation.findings, 'VALUE_MISPLACED').message).toContain('belongs in Button ID');
  });

  test('are not made out of any word', () => {
    const validation = validate({ ...MIAW, orgId: 'somewhere', developerName: '04I8Z000000Gq5B' });
    expect(validation).toMatchObject({ config: null, koreForm: { 'Developer Name': '' } });
  });

  it.each<[string, Texts, readonly FieldName[]]>([
    [
      'the button ID as deployment too',
      { ...LIVE_CHAT, deploymentId: LIVE_CHAT.buttonId },
      ['deploymentId', 'buttonId'],
    ],
    [
      'the organization ID as deployment too',
      { ...LIVE_CHAT, deploymentId: LIVE_CHAT.orgId },
      ['orgId', 'deploymentId'],
    ],
    ['the base URL as name too', { ...MIAW, developerName: MIAW.baseUrl }, ['baseUrl', 'developerName']],
  ])('are told where one was pasted twice: %s', (_, texts, fields) => {
    expect(findingOf(validate(texts).findings, 'VALUE_DOUBLED').fields).toEqual(fields);
  });

  test('of three instances are fine', () => {
    const validation = validate({
      ...LIVE_CHAT,
      orgId: '00D1I000000PL9G',
      deploymentId: '5722w000000PL9G',
      buttonId: '5733X000000PL9G',
    });
    expect(validation.ok).toBe(true);
  });
});

describe('pre-chat values', () => {
  test('are part of the configuration', () => {
    expect(validate(MIAW, { preChat: { City: 'Hyderabad' } }).config?.preChat).toEqual({ City: 'Hyderabad' });
  });

  test('that are no texts fail, and are sent as texts where they can be', () => {
    const validation = validate(MIAW, { preChat: { Pincode: 500001, Vip: true, Tags: ['a'] } });
    expect(validation.ok).toBe(false);
    expect(validation.config?.preChat).toEqual({ Pincode: '500001', Vip: 'true' });
  });

  test('are judged among the findings about no single field', () => {
    expect(validate(MIAW, { preChat: { _firstname: 'Ada' } }).findings).toMatchObject([
      { code: 'PRE_CHAT_STANDARD_NAME', fields: [] },
    ]);
  });
});

describe('what came along with a paste', () => {
  test('stays: findings and what could not be used', () => {
    const finding = {
      code: 'NOT_LITERAL',
      severity: 'warn',
      message: 'm',
      hint: 'h',
      step: 'miaw.2',
      fields: ['orgId'],
    } as const;
    const validation = validate(MIAW, { findings: [finding], unused: [{ line: 3, text: 'FOO=bar' }] });
    expect(validation).toMatchObject({ ok: true, findings: [finding], unused: [{ line: 3, text: 'FOO=bar' }] });
  });

  test('fails the whole where a finding fails', () => {
    const finding = { code: 'X', severity: 'fail', message: 'm', hint: 'h', step: 'miaw.2', fields: [] } as const;
    expect(validate(MIAW, { findings: [finding] }).ok).toBe(false);
  });
});

test('no secret gets through, wherever it was put', () => {
  const secret = '00D8Z000001kQ7P!AQ0AQhunter22';
  const everywhere = Object.fromEntries(Object.keys({ ...LIVE_CHAT, ...MIAW }).map((field) => [field, secret]));
  for (const channel of ['live-chat', 'miaw'] as const) {
    const validation = validate(everywhere, { channel, unused: [{ text: secret }] });
    expect(JSON.stringify(validation)).not.toContain('hunter22');
  }
});

test('a given text of any length is shown short', () => {
  expect(validate({ ...MIAW, developerName: 'x y'.repeat(100_000) }).values[2]?.given.length).toBeLessThan(1000);
});

test('no values make it throw; ok, status and config always agree', () => {
  const texts = fc.dictionary(
    fc.constantFrom<FieldName>('liveAgentUrl', 'orgId', 'deploymentId', 'buttonId', 'baseUrl', 'developerName'),
    pastedText,
  );
  fc.assert(
    fc.property(texts, fc.constantFrom<Channel | undefined>('live-chat', 'miaw', undefined), (values, channel) => {
      const validation = validate(values as Texts, channel ? { channel } : {});
      const failed = [
        ...validation.values.map(({ status }) => status),
        ...validation.findings.map(({ severity }) => severity),
      ].includes('fail');
      expect(validation.ok).toBe(!failed);
      expect(validation.config === null).toBe(validation.values.some(({ value }) => value === null));
      expect(Object.values(validation.koreForm)).toEqual(validation.values.map(({ value }) => value ?? ''));
    }),
    { numRuns: 300 },
  );
});
