import { describe, expect, test } from 'vitest';
import type { Finding, Validation, ValueResult } from '../../src/core/config.ts';
import { validateValues } from '../../src/values/validate.ts';
import { doctor, liveChatConfig, miawConfig, statuses, validValues } from './local-service.ts';

const good = validValues(miawConfig('https://acme.my.salesforce-scrt.com'));
const offline = { level: 'offline' } as const;

const finding = (code: string, severity: Finding['severity'], message = code): Finding => ({
  code,
  severity,
  message,
  hint: `mend ${code}`,
  step: 'miaw.2',
});

/** The good values, one of them replaced in part. */
function withValue(field: ValueResult['field'], change: Partial<ValueResult>): Validation {
  return { ...good, values: good.values.map((value) => (value.field === field ? { ...value, ...change } : value)) };
}

describe('values that are right', () => {
  test('pass, each under its own id', async () => {
    expect(statuses(await doctor(good, offline))).toEqual({
      'values.org-id': 'pass',
      'values.base-url': 'pass',
      'values.developer-name': 'pass',
      'values.together': 'pass',
      'values.pre-chat': 'pass',
      'values.suppressions': 'pass',
    });
  });

  test('of Live Chat come in the order of the form, and with the warning about its retirement', async () => {
    const results = await doctor(validValues(liveChatConfig('https://d.la1-c1-fra.salesforceliveagent.com')), offline);
    expect(Object.keys(results)).toEqual([
      'values.live-agent-url',
      'values.org-id',
      'values.deployment-id',
      'values.button-id',
      'values.together',
      'values.pre-chat',
      'values.suppressions',
      'service.retirement',
    ]);
  });

  test('show what they were made of', async () => {
    const change = { given: '00D8Z000001kQ7PUAU', findings: [finding('ID_SHORTENED', 'info')] };
    const results = await doctor(withValue('orgId', change), offline);
    expect(results['values.org-id']).toMatchObject({ detail: '00D8Z000001kQ7PUAU → 00D8Z000001kQ7P' });
  });

  test('say where they came from', async () => {
    const results = await doctor(good, offline);
    expect(results['values.org-id']).toMatchObject({ data: { source: { kind: 'flag' } } });
  });
});

describe('a value that is wrong', () => {
  const slip = {
    given: 'https://acme.my.salesforce-srct.com',
    status: 'fail' as const,
    findings: [finding('TRIMMED', 'info'), finding('BASE_URL_DOMAIN_SLIP', 'fail', 'srct is a slip')],
  };

  test('fails with the code, hint and step of its finding, and says what is used instead', async () => {
    const results = await doctor(withValue('baseUrl', slip), offline);
    expect(results['values.base-url']).toMatchObject({
      status: 'fail',
      cause: 'BASE_URL_DOMAIN_SLIP',
      detail: 'https://acme.my.salesforce-srct.com',
      message: 'srct is a slip. Using https://acme.my.salesforce-scrt.com for the rest',
      hint: 'mend BASE_URL_DOMAIN_SLIP',
      step: 'miaw.2',
    });
  });

  test('that cannot be mended promises nothing', async () => {
    const results = await doctor(withValue('baseUrl', { ...slip, value: null }), offline);
    expect(results['values.base-url']).toMatchObject({ message: 'srct is a slip' });
  });

  test('tells its worst fault first, and the others after it', async () => {
    const findings = [finding('ODD', 'warn', 'It is odd'), finding('BAD', 'fail', 'It is bad')];
    const results = await doctor(withValue('orgId', { status: 'fail', findings }), offline);
    expect(results['values.org-id']).toMatchObject({ cause: 'BAD', message: 'It is bad. It is odd' });
  });

  test('that is only doubtful is a warning', async () => {
    const change = { status: 'warn' as const, findings: [finding('UNKNOWN_HOST', 'warn')] };
    const results = await doctor(withValue('baseUrl', change), offline);
    expect(results['values.base-url']).toMatchObject({ status: 'warn', cause: 'UNKNOWN_HOST' });
  });

  test('that is missing fails by name', async () => {
    const values = good.values.filter((value) => value.field !== 'developerName');
    const results = await doctor({ ...good, values }, offline);
    expect(results['values.developer-name']).toMatchObject({ status: 'fail', cause: 'VALUE_MISSING', step: 'miaw.2' });
  });

  test('that is missing points to the guide of its channel', async () => {
    const values = validValues(liveChatConfig('https://d.la1-c1-fra.salesforceliveagent.com'));
    const results = await doctor({ ...values, values: [] }, offline);
    expect(results['values.org-id']).toMatchObject({ cause: 'VALUE_MISSING', step: 'live-chat.3' });
  });
});

describe('values together', () => {
  test('that contradict each other fail', async () => {
    const findings = [{ ...finding('SWAPPED', 'fail'), fields: ['deploymentId', 'buttonId'] as const }];
    const results = await doctor({ ...good, findings }, offline);
    expect(results['values.together']).toMatchObject({ status: 'fail', cause: 'SWAPPED', data: { findings } });
  });

  const alarmsOf = async (values: Readonly<Record<string, string>>) => {
    const given = Object.entries(values).map(([field, text]) => [field, { text, source: { kind: 'flag' } }]);
    const validation = validateValues({ channel: 'live-chat', values: Object.fromEntries(given) });
    const failed = Object.values(await doctor(validation, offline)).filter(({ status }) => status === 'fail');
    return failed.map((result) => [result.id, result.status === 'fail' && result.cause]);
  };
  const liveAgentUrl = 'https://d.la1-c1-fra.salesforceliveagent.com/chat';
  const orgId = '00D8Z000001kQ7P';

  test('that stand in each other’s fields are one alarm', async () => {
    const ids = { orgId, deploymentId: '5738Z000000Rt9M', buttonId: '5728Z000000Xv2K' };
    expect(await alarmsOf({ liveAgentUrl, ...ids })).toEqual([['values.together', 'VALUES_SWAPPED']]);
  });

  test('of which one was pasted twice are told by the field that it is wrong in', async () => {
    const ids = { orgId, deploymentId: orgId, buttonId: '5738Z000000Rt9M' };
    expect(await alarmsOf({ liveAgentUrl, ...ids })).toEqual([['values.deployment-id', 'ID_OF_OTHER_FIELD']]);
  });

  test('leave the retirement to the check of that name', async () => {
    const findings = [{ ...finding('LIVE_CHAT_RETIRED', 'warn'), fields: [] }];
    const results = await doctor({ ...good, findings }, offline);
    expect(results['values.together']?.status).toBe('pass');
  });
});

describe('pre-chat values', () => {
  const preChatOf = async (preChat: Record<string, string>) => {
    const { channel: _, preChat: __, ...values } = miawConfig('https://acme.my.salesforce-scrt.com');
    const given = Object.entries(values).map(([field, text]) => [field, { text, source: { kind: 'flag' } }]);
    const validation = validateValues({ channel: 'miaw', values: Object.fromEntries(given), preChat });
    return (await doctor(validation, offline))['values.pre-chat'];
  };

  test('are listed by name', async () => {
    expect(await preChatOf({ City: 'Hyderabad', Country: 'India' })).toMatchObject({ detail: 'City, Country' });
  });

  test('of one name in two spellings are a warning', async () => {
    expect(await preChatOf({ City: 'a', city: 'b' })).toMatchObject({ status: 'warn', cause: 'PRE_CHAT_NAME_TWICE' });
  });
});
