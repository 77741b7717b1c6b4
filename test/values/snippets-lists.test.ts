import { describe, expect, it, test } from 'vitest';
import { readPaste } from '../../src/values/snippets.ts';
import { codesOf } from './findings.ts';
import { LEGACY, MESSAGING } from './samples.ts';
import { linesOf, textsOf } from './texts.ts';

describe('lists of values', () => {
  it.each([
    [
      'labels',
      'Organization ID: 00D8Z000001kQ7P\nOrganization Base URL: https://acme.my.salesforce-scrt.com\nDeveloper Name: Acme_Bot',
    ],
    [
      'labels without a colon',
      'Organization ID 00D8Z000001kQ7P\nOrganization Base URL https://acme.my.salesforce-scrt.com\nDeveloper Name Acme_Bot',
    ],
    [
      'labels and tabs',
      'Organization ID\t00D8Z000001kQ7P\nOrganization Base URL\thttps://acme.my.salesforce-scrt.com\nDeveloper Name\tAcme_Bot',
    ],
    [
      'labels above their values',
      'Organization ID\n00D8Z000001kQ7P\n\nOrganization Base URL\n\nhttps://acme.my.salesforce-scrt.com\nDeveloper Name:\nAcme_Bot',
    ],
    [
      'bullets',
      '- Organization ID: 00D8Z000001kQ7P\n* Base URL: https://acme.my.salesforce-scrt.com\n• Developer name: Acme_Bot',
    ],
    ['numbers', '1. Org ID: 00D8Z000001kQ7P\n2. Url: https://acme.my.salesforce-scrt.com\n3) Developer Name: Acme_Bot'],
    [
      'bold labels',
      '**Organization ID:** 00D8Z000001kQ7P\n**Organization Base URL:** `https://acme.my.salesforce-scrt.com`\n**Developer Name:** `Acme_Bot`',
    ],
    [
      'a table',
      '| Field | Value |\n|---|---|\n| Organization ID | 00D8Z000001kQ7P |\n| Organization Base URL | https://acme.my.salesforce-scrt.com |\n| Developer Name | Acme_Bot |',
    ],
    [
      'our environment',
      'SF_HANDOFF_ORG_ID=00D8Z000001kQ7P\nSF_HANDOFF_BASE_URL=https://acme.my.salesforce-scrt.com\nSF_HANDOFF_DEVELOPER_NAME=Acme_Bot',
    ],
    [
      'exports with quotes and remarks',
      'export SF_HANDOFF_ORG_ID="00D8Z000001kQ7P" # org\nexport SF_HANDOFF_BASE_URL=\'https://acme.my.salesforce-scrt.com\'\nexport SF_HANDOFF_DEVELOPER_NAME=Acme_Bot;',
    ],
    [
      'PowerShell',
      '$env:SF_HANDOFF_ORG_ID = "00D8Z000001kQ7P"\n$env:SF_HANDOFF_BASE_URL = "https://acme.my.salesforce-scrt.com"\n$env:SF_HANDOFF_DEVELOPER_NAME = "Acme_Bot"',
    ],
    [
      'somebody’s environment',
      'NEXT_PUBLIC_SALESFORCE_ORG_ID=00D8Z000001kQ7P\nNEXT_PUBLIC_SCRT2_URL=https://acme.my.salesforce-scrt.com\nMIAW_DEPLOYMENT_DEVELOPER_NAME=Acme_Bot',
    ],
    ['field names', 'orgId=00D8Z000001kQ7P\nbaseUrl=https://acme.my.salesforce-scrt.com\ndeveloperName=Acme_Bot'],
    [
      'YAML',
      'miaw:\n  orgId: 00D8Z000001kQ7P\n  baseUrl: "https://acme.my.salesforce-scrt.com"\n  developerName: Acme_Bot',
    ],
    [
      'a command line',
      'sf-handoff validate --org-id 00D8Z000001kQ7P --base-url=https://acme.my.salesforce-scrt.com --developer-name "Acme_Bot"',
    ],
    [
      'a PHP array',
      "['org_id' => '00D8Z000001kQ7P', 'base_url' => 'https://acme.my.salesforce-scrt.com', 'developer_name' => 'Acme_Bot']",
    ],
  ])('are read: %s', (_, text) => {
    const paste = readPaste(text);
    expect(textsOf(paste)).toEqual(MESSAGING);
    expect(paste.channel).toBe('miaw');
  });

  test('of Live Chat are read too', () => {
    const text =
      'Live Agent URL: https://d.la3-c2-ia4.salesforceliveagent.com/chat\nSalesforce.com Organization ID: 00D8Z000001kQ7P\nDeployment ID: 5728Z000000Xv2K\nButton ID: 5738Z000000Rt9M';
    const paste = readPaste(text);
    expect(textsOf(paste)).toEqual(LEGACY);
    expect(linesOf(paste)).toEqual({ liveAgentUrl: 1, orgId: 2, deploymentId: 3, buttonId: 4 });
  });

  test('keep a value as it was written, right or wrong', () => {
    expect(textsOf(readPaste('Organization ID: nobody knows\nDeveloper Name: My Deployment'))).toEqual({
      orgId: 'nobody knows',
      developerName: 'My Deployment',
    });
  });

  test('may name the channel', () => {
    expect(readPaste('SF_HANDOFF_CHANNEL=live-chat\nSF_HANDOFF_ORG_ID=00D8Z000001kQ7P').channel).toBe('live-chat');
  });

  test('name the lines that gave nothing', () => {
    const paste = readPaste('# values\nORG_ID=00D8Z000001kQ7P\n\nFOO=bar\nDeveloper Name: Acme_Bot\nThank you!');
    expect(paste.unused).toEqual([
      { line: 4, text: 'FOO=bar' },
      { line: 6, text: 'Thank you!' },
    ]);
  });

  test('leave out what is commented out', () => {
    expect(textsOf(readPaste('# ORG_ID=00D000000000001\nORG_ID=00D8Z000001kQ7P'))).toEqual({
      orgId: '00D8Z000001kQ7P',
    });
  });

  test('of which one value is a secret mask it and tell', () => {
    const paste = readPaste('ORG_ID=00D8Z000001kQ7P\nSF_ACCESS_TOKEN=00D8Z000001kQ7P!AQ0AQhunter22');
    expect(codesOf(paste.findings)).toEqual(['warn ACCESS_TOKEN_PASTED']);
    expect(paste.unused).toEqual([{ line: 2, text: 'SF_ACCESS_TOKEN=[redacted]' }]);
  });
});

describe('a lone value', () => {
  it.each<[string, object]>([
    ['00D8Z000001kQ7P', { orgId: '00D8Z000001kQ7P' }],
    ['00D8Z000001kQ7PUAU', { orgId: '00D8Z000001kQ7PUAU' }],
    ['00d8z000001kq7puau', { orgId: '00d8z000001kq7puau' }],
    [' "5728Z000000Xv2K"\n', { deploymentId: '5728Z000000Xv2K' }],
    ['5731I000000PL9G', { buttonId: '5731I000000PL9G' }],
    ['https://meya-dev-ed.my.salesforce.com/5731I000000PL9G', { buttonId: '5731I000000PL9G' }],
    [
      'https://acme.lightning.force.com/lightning/setup/LiveChatButtonSettings/page?address=%2F5731I000000PL9G',
      { buttonId: '5731I000000PL9G' },
    ],
    ['https://d.la1.salesforceliveagent.com/chat', { liveAgentUrl: 'https://d.la1.salesforceliveagent.com/chat' }],
    ['d.la1.salesforceliveagent.com', { liveAgentUrl: 'd.la1.salesforceliveagent.com' }],
    ['https://acme.my.salesforce-scrt.com/chat', { liveAgentUrl: 'https://acme.my.salesforce-scrt.com/chat' }],
    ['https://acme.my.salesforce-scrt.com', { baseUrl: 'https://acme.my.salesforce-scrt.com' }],
    ['https://acme.my.salesforce-srct.com', { baseUrl: 'https://acme.my.salesforce-srct.com' }],
    ['acme.my.salesforce.com', { baseUrl: 'acme.my.salesforce.com' }],
    ['acme.lightning.force.com', { baseUrl: 'acme.lightning.force.com' }],
    ['https://chat.example.com', { baseUrl: 'https://chat.example.com' }],
    ['acme.my.salesforce.mil', { baseUrl: 'acme.my.salesforce.mil' }],
    ['http://127.0.0.1:3000', { baseUrl: 'http://127.0.0.1:3000' }],
    ['http://127.0.0.1:3000/chat', { liveAgentUrl: 'http://127.0.0.1:3000/chat' }],
  ])('finds its field: %j', (text, expected) => {
    const paste = readPaste(text);
    expect(textsOf(paste)).toEqual(expected);
    expect(paste.unused).toEqual([]);
  });

  it.each(['0058Z000004Hn3T', '04I8Z000000Gq5B', 'Acme_Bot', 'hello world', '{}', '<p>Hello</p>'])(
    'that has none is named: %s',
    (text) => {
      expect(readPaste(text)).toMatchObject({ values: {}, unused: [{ line: 1, text }] });
    },
  );

  test('that is an access token is masked', () => {
    expect(readPaste('00D8Z000001kQ7P!AQ0AQhunter22')).toMatchObject({
      values: {},
      unused: [{ line: 1, text: '[redacted]' }],
      findings: [{ code: 'ACCESS_TOKEN_PASTED' }],
    });
  });

  it.each(['', ' \n\t\n', '\u200b'])('that is nothing gives nothing: %j', (text) => {
    expect(readPaste(text)).toEqual({ values: {}, alternatives: {}, unused: [], findings: [] });
  });
});

describe('a sentence', () => {
  test('gives what looks like a value', () => {
    const paste = readPaste('Please use 00D8Z000001kQ7P on https://acme.my.salesforce.com/. Thanks');
    expect(textsOf(paste)).toMatchObject({ orgId: '00D8Z000001kQ7P' });
    expect(paste.values.baseUrl?.text).toContain('acme.my.salesforce.com');
  });

  test('gives the most direct of several addresses of one org', () => {
    const paste = readPaste(
      'https://acme.lightning.force.com and https://acme.my.salesforce.com and https://acme.my.salesforce-scrt.com',
    );
    expect(textsOf(paste)).toEqual({ baseUrl: 'https://acme.my.salesforce-scrt.com' });
  });
});

describe('profiles', () => {
  const live = { channel: 'live-chat', ...LEGACY };
  const miaw = { channel: 'miaw', ...MESSAGING, preChat: { City: 'Hyderabad' } };

  test('one profile gives its values, channel and pre-chat values', () => {
    const paste = readPaste(JSON.stringify(miaw, null, 2));
    expect(textsOf(paste)).toEqual(MESSAGING);
    expect(linesOf(paste)).toEqual({ orgId: 3, baseUrl: 4, developerName: 5 });
    expect(paste).toMatchObject({ channel: 'miaw', preChat: { City: 'Hyderabad' }, alternatives: {}, findings: [] });
  });

  test('a project file gives its default profile and names the rest', () => {
    const paste = readPaste(
      JSON.stringify({ default: 'b', profiles: { a: live, b: miaw, c: { ...miaw, developerName: 'C' } } }, null, 2),
    );
    expect(paste).toMatchObject({
      name: 'b',
      channel: 'miaw',
      findings: [{ code: 'PROFILE_CHOSEN', severity: 'info' }],
    });
    expect(textsOf(paste)).toEqual(MESSAGING);
    expect(paste.values.developerName?.line).toBe(15);
    expect(paste.alternatives).toEqual({ developerName: [{ text: 'C', line: 24 }] });
  });

  test('a project file without a default gives its first profile', () => {
    expect(readPaste(JSON.stringify({ profiles: { a: live, b: miaw } }))).toMatchObject({
      name: 'a',
      channel: 'live-chat',
    });
  });

  it.each([{ profiles: {} }, { profiles: { a: 1 } }, { profiles: [] }, { channel: 'miaw' }, [], 'x', null])(
    'what only resembles one gives nothing: %j',
    (content) => {
      expect(readPaste(JSON.stringify(content)).values).toEqual({});
    },
  );

  test('values that are no texts are left out', () => {
    expect(textsOf(readPaste(JSON.stringify({ ...miaw, orgId: 5, baseUrl: null })))).toEqual({
      developerName: 'Acme_Bot',
    });
  });
});
