import { describe, expect, it, test } from 'vitest';
import { readPaste } from '../../src/values/snippets.ts';
import { codesOf, findingOf } from './findings.ts';
import { BUTTON_CODE, CUSTOM_CLIENT_JSON, DEPLOYMENT_CODE, MESSAGING, WEB_SNIPPET } from './samples.ts';
import { linesOf, textsOf } from './texts.ts';

const WEB = { ...MESSAGING, developerName: 'Acme_Web' };

describe('the Custom Client configuration', () => {
  test('gives its three values, each with its line', () => {
    const paste = readPaste(CUSTOM_CLIENT_JSON);
    expect(textsOf(paste)).toEqual(MESSAGING);
    expect(linesOf(paste)).toEqual({ orgId: 2, developerName: 3, baseUrl: 4 });
    expect(paste).toMatchObject({ channel: 'miaw', alternatives: {}, unused: [], findings: [] });
  });

  it.each<[string, (json: string) => string]>([
    ['no line breaks', (json) => json.replaceAll(/\s/g, '')],
    ['a comment of the samples', (json) => json.replace('{', '{\n  "_comment": "see the guide",')],
    ['typographic quotes', (json) => json.replaceAll('"', '”')],
    ['single quotes and bare keys', (json) => json.replaceAll(/"(\w+)":/g, '$1:').replaceAll('"', "'")],
    ['a comma too many', (json) => json.replace('com"\n', 'com",\n')],
    ['its end missing', (json) => json.slice(0, -3)],
    ['its braces missing', (json) => json.replaceAll(/[{}]/g, '')],
    ['escaped slashes', (json) => json.replaceAll('/', '\\/')],
    ['a string literal around it', (json) => JSON.stringify(json)],
    ['entities', (json) => json.replaceAll('"', '&quot;')],
    ['a byte order mark', (json) => `\ufeff${json}`],
    ['words around it', (json) => `Here's our config:\n${json}\nThanks!`],
    [
      'other spellings of the keys',
      (json) => json.replace('OrganizationId', 'organization_id').replace('DeveloperName', 'developerName'),
    ],
  ])('is read with %s', (_, change) => {
    expect(textsOf(readPaste(change(CUSTOM_CLIENT_JSON)))).toEqual(MESSAGING);
  });

  test('with a foreign host keeps it, for its own finding', () => {
    const json = CUSTOM_CLIENT_JSON.replace('acme.my.salesforce-scrt.com', 'chat.example.com');
    expect(readPaste(json).values.baseUrl?.text).toBe('https://chat.example.com');
  });

  test('with the misspelt host keeps it, for its own finding', () => {
    expect(readPaste(CUSTOM_CLIENT_JSON.replace('scrt', 'srct')).values.baseUrl?.text).toBe(
      'https://acme.my.salesforce-srct.com',
    );
  });
});

describe('the web snippet', () => {
  test('gives its values with the warning that the name is one of a Web deployment', () => {
    const paste = readPaste(WEB_SNIPPET);
    expect(textsOf(paste)).toEqual(WEB);
    expect(linesOf(paste)).toEqual({ orgId: 6, developerName: 7, baseUrl: 10 });
    expect(paste.channel).toBe('miaw');
    expect(codesOf(paste.findings)).toEqual(['warn WEB_SNIPPET_DEVELOPER_NAME']);
    expect(findingOf(paste.findings, 'WEB_SNIPPET_DEVELOPER_NAME').hint).toContain('Custom Client');
  });

  it.each<[string, (code: string) => string]>([
    ['double quotes', (code) => code.replaceAll("'", '"')],
    ['back-ticks', (code) => code.replaceAll("'", '`')],
    ['typographic quotes', (code) => code.replaceAll("'", '’')],
    ['arguments on one line', (code) => code.replaceAll(/,\n\s+/g, ', ').replaceAll(/\(\n\s+/g, '(')],
    ['comments between the arguments', (code) => code.replaceAll("',\n", "', // the org's, don't change\n")],
    ['a property written scrt2Url', (code) => code.replace('scrt2URL', 'scrt2Url')],
    ['a quoted property', (code) => code.replace('scrt2URL:', '"scrt2URL":')],
    ['escaped markup', (code) => code.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;')],
    ['a string literal around it', (code) => JSON.stringify(code)],
    ['a template literal around it', (code) => `const html = \`${code}\`;`],
    [
      'the call alone',
      (code) => code.slice(code.indexOf('embeddedservice_bootstrap.init'), code.indexOf('    } catch')),
    ],
    ['its third argument on the core host', (code) => code.replaceAll('acme.my.site.com', 'acme.my.salesforce.com')],
  ])('is read with %s', (_, change) => {
    expect(textsOf(readPaste(change(WEB_SNIPPET)))).toEqual(WEB);
  });

  test('with environment constants names what is not written out', () => {
    const name = ['`$', '{PREFIX}_Web`'].join('');
    const paste = readPaste(
      `embeddedservice_bootstrap.init(process.env.ORG_ID, ${name}, site, { scrt2URL: config.scrtUrl });`,
    );
    expect(paste.values).toEqual({});
    expect(paste.findings.map(({ code, fields }) => [code, ...fields])).toEqual([
      ['NOT_LITERAL', 'orgId'],
      ['NOT_LITERAL', 'developerName'],
      ['NOT_LITERAL', 'baseUrl'],
    ]);
    expect(paste.unused.map(({ text }) => text)).toEqual(['process.env.ORG_ID', name, 'config.scrtUrl']);
  });

  test('with constants of the same paste is resolved', () => {
    const paste = readPaste(
      `const ORG = '00D8Z000001kQ7P';\nconst NAME = "Acme_Web";\nembeddedservice_bootstrap.init(ORG, NAME, site, { scrt2URL: 'https://acme.my.salesforce-scrt.com' });`,
    );
    expect(textsOf(paste)).toEqual(WEB);
    expect(paste.values.developerName?.line).toBe(2);
  });

  test('chosen by language gives the first and names the others', () => {
    const paste = readPaste(WEB_SNIPPET + WEB_SNIPPET.replace('Acme_Web', 'Acme_Web_fr'));
    expect(paste.alternatives).toEqual({ developerName: [{ text: 'Acme_Web_fr', line: 25 }] });
    expect(findingOf(paste.findings, 'SEVERAL_VALUES').fields).toEqual(['developerName']);
  });

  test('whose site is of another org than its messaging host is told', () => {
    const paste = readPaste(WEB_SNIPPET.replaceAll('acme.my.site.com', 'other.my.site.com'));
    expect(findingOf(paste.findings, 'SITE_OF_OTHER_ORG')).toMatchObject({ severity: 'warn', fields: ['baseUrl'] });
  });

  test('whose site has the company’s own domain is not', () => {
    const paste = readPaste(WEB_SNIPPET.replaceAll('acme.my.site.com', 'support.example.com'));
    expect(codesOf(paste.findings)).toEqual(['warn WEB_SNIPPET_DEVELOPER_NAME']);
  });

  test('beside the Custom Client configuration gives way to its name', () => {
    const paste = readPaste(WEB_SNIPPET + CUSTOM_CLIENT_JSON);
    expect(textsOf(paste)).toEqual(MESSAGING);
    expect(paste.alternatives.developerName).toEqual([{ text: 'Acme_Web', line: 7 }]);
    expect(codesOf(paste.findings)).toEqual(['warn SEVERAL_VALUES']);
  });
});

describe('other carriers of the same values', () => {
  it.each([
    [
      'storefront settings',
      "commerceAgent: { enabled: 'true', embeddedServiceName: 'Acme_Web', embeddedServiceEndpoint: 'https://acme.my.site.com/ESWx1700000000000', scriptSourceUrl: 'https://acme.my.site.com/x.js', scrt2Url: 'https://acme.my.salesforce-scrt.com', salesforceOrgId: '00D8Z000001kQ7P' }",
    ],
    [
      'an Experience Builder component',
      '{ "deploymentName": "Acme_Web", "orgId": "00D8Z000001kQ7P", "scrtUrl": "https://acme.my.salesforce-scrt.com", "siteEndpoint": "https://acme.my.site.com/ESWx1700000000000" }',
    ],
    [
      'a React element',
      '<Messaging orgId="00D8Z000001kQ7P" developerName={"Acme_Web"} scrt2URL={`https://acme.my.salesforce-scrt.com`} />',
    ],
    [
      'a map of deployments',
      "const all = { en: { orgId: '00D8Z000001kQ7P', developerName: 'Acme_Web', siteUrl: 'https://acme.my.site.com/ESWx', scrt2URL: 'https://acme.my.salesforce-scrt.com' } };",
    ],
  ])('are read with the warning of a web snippet: %s', (_, code) => {
    const paste = readPaste(code);
    expect(textsOf(paste)).toEqual(WEB);
    expect(codesOf(paste.findings)).toEqual(['warn WEB_SNIPPET_DEVELOPER_NAME']);
  });

  test('requests for a token are read without it', () => {
    const paste = readPaste(
      'curl -X POST https://acme.my.salesforce-scrt.com/iamessage/api/v2/authorization/unauthenticated/access-token -d \'{"orgId":"00D8Z000001kQ7P","esDeveloperName":"Acme_Bot"}\'',
    );
    expect(textsOf(paste)).toMatchObject({ orgId: MESSAGING.orgId, developerName: 'Acme_Bot' });
    expect(codesOf(paste.findings)).toEqual([]);
  });

  test('requests for the configuration give all three', () => {
    const paste = readPaste(
      'https://acme.my.salesforce-scrt.com/embeddedservice/v1/embedded-service-config?orgId=00D8Z000001kQ7P&esConfigName=Acme_Bot&language=en_US',
    );
    expect(textsOf(paste)).toMatchObject({ orgId: MESSAGING.orgId, developerName: 'Acme_Bot' });
    expect(paste.values.baseUrl?.text).toContain('https://acme.my.salesforce-scrt.com');
  });

  test('the answer of sf org display gives organization and address, without the token in it', () => {
    const json = JSON.stringify({
      status: 0,
      result: {
        id: '00D8Z000001kQ7PUAU',
        instanceUrl: 'https://acme.my.salesforce.com',
        accessToken: '00D8Z000001kQ7P!AQ0AQhunter22',
      },
    });
    const paste = readPaste(json);
    expect(textsOf(paste)).toEqual({ orgId: '00D8Z000001kQ7PUAU', baseUrl: 'https://acme.my.salesforce.com' });
    expect(codesOf(paste.findings)).toEqual(['warn ACCESS_TOKEN_PASTED']);
    expect(JSON.stringify(paste)).not.toContain('hunter22');
  });

  test('the answer of validate is read back', () => {
    const koreForm = {
      'Organization ID': MESSAGING.orgId,
      'Organization Base URL': MESSAGING.baseUrl,
      'Developer Name': MESSAGING.developerName,
    };
    expect(textsOf(readPaste(JSON.stringify({ channel: 'miaw', koreForm }, null, 2)))).toEqual(MESSAGING);
  });
});

describe('snippets of both channels in one paste', () => {
  test('give the values of both and decide for none', () => {
    const paste = readPaste(DEPLOYMENT_CODE + BUTTON_CODE + CUSTOM_CLIENT_JSON);
    expect(Object.keys(paste.values).sort()).toEqual([
      'baseUrl',
      'buttonId',
      'deploymentId',
      'developerName',
      'liveAgentUrl',
      'orgId',
    ]);
    expect(paste.channel).toBeUndefined();
  });
});

describe('the bot’s Script node', () => {
  test('gives its pre-chat values', () => {
    const script =
      'let miawMetaInfo = {};\nmiawMetaInfo.preChatInfo = {\n  "Pincode": "50xxxx",\n  "City": "Hyderabad", // where\n  Country: \'India\',\n  Name: user.name\n};';
    expect(readPaste(script)).toMatchObject({
      values: {},
      unused: [],
      preChat: { Pincode: '50xxxx', City: 'Hyderabad', Country: 'India' },
    });
  });
});
