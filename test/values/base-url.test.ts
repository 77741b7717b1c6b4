import { describe, expect, it, test } from 'vitest';
import { normaliseBaseUrl } from '../../src/values/hosts.ts';
import { codesOf, findingOf } from './findings.ts';

const SCRT = 'my.salesforce-scrt.com';

/** Row by row: what is pasted, the host that must come out, the finding that says why. */
const REWRITTEN = [
  ['a login address', 'acme.my.salesforce.com', `acme.${SCRT}`, 'BASE_URL_REWRITTEN'],
  ['a sandbox', 'acme--uat.sandbox.my.salesforce.com', `acme--uat.sandbox.${SCRT}`, 'BASE_URL_REWRITTEN'],
  ['an older developer org', 'acme-dev-ed.my.salesforce.com', `acme-dev-ed.${SCRT}`, 'BASE_URL_REWRITTEN'],
  ['a developer org', 'acme-dev-ed.develop.my.salesforce.com', `acme-dev-ed.develop.${SCRT}`, 'BASE_URL_REWRITTEN'],
  ['a developer org without dev-ed', 'acme.develop.my.salesforce.com', `acme.develop.${SCRT}`, 'BASE_URL_REWRITTEN'],
  ['a scratch org', 'acme.scratch.my.salesforce.com', `acme.scratch.${SCRT}`, 'BASE_URL_REWRITTEN'],
  ['a Trailhead org', 'acme.trailblaze.my.salesforce.com', `acme.trailblaze.${SCRT}`, 'BASE_URL_REWRITTEN'],
  ['a demo org', 'acme.demo.my.salesforce.com', `acme.demo.${SCRT}`, 'BASE_URL_REWRITTEN'],
  ['Lightning', 'acme.lightning.force.com', `acme.${SCRT}`, 'LIGHTNING_HOST_REWRITTEN'],
  [
    'Lightning of a sandbox',
    'acme--uat.sandbox.lightning.force.com',
    `acme--uat.sandbox.${SCRT}`,
    'LIGHTNING_HOST_REWRITTEN',
  ],
  [
    'Lightning of a developer org',
    'acme-dev-ed.develop.lightning.force.com',
    `acme-dev-ed.develop.${SCRT}`,
    'LIGHTNING_HOST_REWRITTEN',
  ],
  ['Setup', 'acme.my.salesforce-setup.com', `acme.${SCRT}`, 'SETUP_HOST_REWRITTEN'],
  [
    'Setup of a sandbox',
    'acme--uat.sandbox.my.salesforce-setup.com',
    `acme--uat.sandbox.${SCRT}`,
    'SETUP_HOST_REWRITTEN',
  ],
] as const;

const CANDIDATES = [
  ['a site', 'acme.my.site.com', `acme.${SCRT}`, 'SITE_HOST_REWRITTEN'],
  ['a site of a sandbox', 'acme--uat.sandbox.my.site.com', `acme--uat.sandbox.${SCRT}`, 'SITE_HOST_REWRITTEN'],
  ['a Salesforce Sites address', 'acme.my.salesforce-sites.com', `acme.${SCRT}`, 'SALESFORCE_SITES_HOST_REWRITTEN'],
  ['a patch org', 'acme.patch.my.salesforce.com', `acme.patch.${SCRT}`, 'PARTITION_UNPROVEN'],
  ['a free org', 'acme.free.my.salesforce.com', `acme.free.${SCRT}`, 'PARTITION_UNPROVEN'],
  ['a test org of Salesforce', 'acme.sfdctest.my.salesforce.com', `acme.sfdctest.${SCRT}`, 'PARTITION_UNPROVEN'],
  ['a partition nobody knows', 'acme.stage.my.salesforce.com', `acme.stage.${SCRT}`, 'PARTITION_UNPROVEN'],
  [
    'a sandbox without partition',
    'acme--uat.my.salesforce.com',
    `acme--uat.sandbox.${SCRT}`,
    'SANDBOX_WITHOUT_PARTITION',
  ],
  [
    'Lightning of a sandbox without partition',
    'acme--uat.lightning.force.com',
    `acme--uat.sandbox.${SCRT}`,
    'SANDBOX_WITHOUT_PARTITION',
  ],
  ['a sandbox with its instance', 'acme--uat.cs45.my.salesforce.com', `acme--uat.sandbox.${SCRT}`, 'INSTANCE_IN_HOST'],
  ['a Visualforce page', 'acme--c.vf.force.com', `acme.${SCRT}`, 'VISUALFORCE_HOST_CANDIDATE'],
  ['a Visualforce page of a package', 'acme--mypkg.vf.force.com', `acme.${SCRT}`, 'VISUALFORCE_HOST_CANDIDATE'],
  [
    'a Visualforce page of a sandbox',
    'acme--uat--c.sandbox.vf.force.com',
    `acme--uat.sandbox.${SCRT}`,
    'VISUALFORCE_HOST_CANDIDATE',
  ],
  ['a retired Visualforce form', 'acme--c.visualforce.com', `acme.${SCRT}`, 'VISUALFORCE_HOST_CANDIDATE'],
  ['a retired Visualforce form with instance', 'acme--c.na123.visual.force.com', `acme.${SCRT}`, 'INSTANCE_IN_HOST'],
] as const;

const REFUSED = [
  ['an old site', 'acme.force.com', 'OLD_SITE_HOST'],
  ['an old secure site', 'acme.secure.force.com', 'OLD_SITE_HOST'],
  ['an old site of a sandbox', 'acme--uat.cs45.force.com', 'OLD_SITE_HOST'],
  ['a production instance', 'na123.salesforce.com', 'INSTANCE_HOST'],
  ['a European instance', 'eu5.salesforce.com', 'INSTANCE_HOST'],
  ['a sandbox instance', 'cs45.salesforce.com', 'INSTANCE_HOST'],
  ['an instance of um', 'um1.salesforce.com', 'INSTANCE_HOST'],
  ['a Hyperforce instance', 'abc123.sfdc-lywfpd.salesforce.com', 'INSTANCE_HOST'],
  ['the login page', 'login.salesforce.com', 'LOGIN_HOST'],
  ['the login page of sandboxes', 'test.salesforce.com', 'LOGIN_HOST'],
  ['a company’s own domain', 'chat.example.com', 'NOT_A_SALESFORCE_HOST'],
  ['a company’s own domain with a site path', 'support.example.com/ESWSupport1700000000000', 'NOT_A_SALESFORCE_HOST'],
  ['a look-alike suffix', 'acme.my.salesforce-scrt.com.example.com', 'NOT_A_SALESFORCE_HOST'],
  ['the military cloud', 'acme.my.salesforce.mil', 'GOVERNMENT_HOST'],
  ['Lightning of the military cloud', 'acme.lightning.crmforce.mil', 'GOVERNMENT_HOST'],
  ['Alibaba Cloud', 'acme.my.sfcrmproducts.cn', 'CHINA_HOST'],
  ['Lightning on Alibaba Cloud', 'acme.lightning.sfcrmapps.cn', 'CHINA_HOST'],
  ['an alternative domain', 'acme.my-salesforce.com', 'ALTERNATIVE_DOMAIN_HOST'],
  ['Lightning on an alternative domain', 'acme.my-lightning.com', 'ALTERNATIVE_DOMAIN_HOST'],
  ['a research host', 'acme.my.pc-rnd.salesforce.com', 'SALESFORCE_INTERNAL_HOST'],
  ['a virtual pod', 'acme.vpod.salesforce.com', 'SALESFORCE_INTERNAL_HOST'],
  ['an internal stm host', 'acme-stm.salesforce.com', 'SALESFORCE_INTERNAL_HOST'],
  ['an internal blitz host', 'blitz.salesforce.com', 'SALESFORCE_INTERNAL_HOST'],
  ['an internal gs1 host', 'gs1.salesforce.com', 'SALESFORCE_INTERNAL_HOST'],
  ['an internal development host', 'acme.wc.crm.dev', 'SALESFORCE_INTERNAL_HOST'],
  ['a Live Agent host', 'd.la1-c1-fra.salesforceliveagent.com/chat', 'LIVE_AGENT_HOST_AS_BASE_URL'],
  ['a Live Agent content host', 'c.la1-c1-fra.salesforceliveagent.com/content', 'LIVE_AGENT_HOST_AS_BASE_URL'],
  ['an API site', 'api.salesforce.com', 'SALESFORCE_WEB_SITE'],
  ['the developer site', 'developer.salesforce.com', 'SALESFORCE_WEB_SITE'],
  ['the help site', 'help.salesforce.com', 'SALESFORCE_WEB_SITE'],
  ['the script of Embedded Service', 'service.force.com', 'EMBEDDED_SCRIPT_HOST'],
  ['the bare service domain', 'salesforce-scrt.com', 'MY_DOMAIN_MISSING'],
  ['the service domain with .my alone', 'my.salesforce-scrt.com', 'MY_DOMAIN_MISSING'],
] as const;

describe('a base URL that is right', () => {
  it.each([
    `https://acme.${SCRT}`,
    `https://acme--uat.sandbox.${SCRT}`,
    `https://acme-dev-ed.develop.${SCRT}`,
    `https://acme.scratch.${SCRT}`,
    `https://acme.trailblaze.${SCRT}`,
    `https://acme.demo.${SCRT}`,
    `https://acme.patch.${SCRT}`,
  ])('passes without a word: %s', (given) => {
    expect(normaliseBaseUrl(given)).toEqual({ value: given, status: 'pass', findings: [] });
  });

  test('passes with a slash behind it, which is left away', () => {
    expect(normaliseBaseUrl(`https://acme.${SCRT}/`)).toMatchObject({ value: `https://acme.${SCRT}`, status: 'pass' });
  });

  test('is kept with a warning where .my is missing', () => {
    const verdict = normaliseBaseUrl('https://demo.salesforce-scrt.com');
    expect(verdict).toMatchObject({ value: 'https://demo.salesforce-scrt.com', status: 'warn' });
    expect(codesOf(verdict.findings)).toEqual(['warn SERVICE_HOST_UNUSUAL']);
  });

  test('is kept with a warning where a sandbox lacks its partition', () => {
    const verdict = normaliseBaseUrl(`https://acme--uat.${SCRT}`);
    expect(verdict).toMatchObject({ value: `https://acme--uat.${SCRT}`, status: 'warn' });
  });
});

describe('any other host of the org', () => {
  it.each(REWRITTEN)('is rewritten: %s', (_, host, expected, code) => {
    const verdict = normaliseBaseUrl(`https://${host}`);
    expect(verdict).toMatchObject({ value: `https://${expected}`, status: 'pass' });
    expect(codesOf(verdict.findings)).toEqual([`info ${code}`]);
  });

  it.each(CANDIDATES)('is a candidate to be asked for: %s', (_, host, expected, code) => {
    const verdict = normaliseBaseUrl(`https://${host}`);
    expect(verdict).toMatchObject({ value: `https://${expected}`, status: 'warn' });
    expect(codesOf(verdict.findings)).toEqual([`warn ${code}`]);
    expect(verdict.findings[0]?.hint).toContain('ask the service');
  });

  it.each(REFUSED)('is refused with its reason and the place of the right one: %s', (_, host, code) => {
    const verdict = normaliseBaseUrl(`https://${host}`);
    expect(verdict).toMatchObject({ value: null, status: 'fail' });
    expect(codesOf(verdict.findings)).toEqual([`fail ${code}`]);
    expect(verdict.findings[0]?.hint).toContain('Code Snippet');
  });

  it.each(['stm.my.salesforce.com', 'na7.my.salesforce.com', 'eu5.lightning.force.com'])(
    'is not mistaken for a server of Salesforce: %s',
    (host) => {
      expect(normaliseBaseUrl(host).status).toBe('pass');
    },
  );
});

describe('the misspelt domain of the vendor’s guide', () => {
  it.each([
    ['https://example.my.salesforce-srct.com', `https://example.${SCRT}`],
    ['example.my.salesforce-srct.com', `https://example.${SCRT}`],
    ['https://acme--uat.sandbox.my.salesforce-srct.com/', `https://acme--uat.sandbox.${SCRT}`],
    ['HTTPS://EXAMPLE.MY.SALESFORCE-SRCT.COM', `https://example.${SCRT}`],
  ])('is a failure with the mended value: %s', (given, value) => {
    const verdict = normaliseBaseUrl(given);
    expect(verdict).toMatchObject({ value, status: 'fail' });
    expect(findingOf(verdict.findings, 'BASE_URL_DOMAIN_SLIP')).toMatchObject({
      severity: 'fail',
      step: 'metadata.1',
      hint: `enter ${value}`,
    });
  });

  test('is blamed on the guide', () => {
    expect(
      findingOf(normaliseBaseUrl('https://example.my.salesforce-srct.com').findings, 'BASE_URL_DOMAIN_SLIP').message,
    ).toContain('vendor’s own guide');
  });

  test('stays where it was asked for, with a warning', () => {
    const verdict = normaliseBaseUrl('https://example.my.salesforce-srct.com', 'salesforce-srct.com');
    expect(verdict).toMatchObject({ value: 'https://example.my.salesforce-srct.com', status: 'warn' });
    expect(codesOf(verdict.findings)).toEqual(['warn BASE_URL_DOMAIN_SLIP']);
  });

  test('is written by the rewrite where it was asked for', () => {
    const verdict = normaliseBaseUrl('example.my.salesforce.com', 'salesforce-srct.com');
    expect(verdict).toMatchObject({ value: 'https://example.my.salesforce-srct.com', status: 'warn' });
  });

  test('does not touch a right value where it was asked for', () => {
    expect(normaliseBaseUrl(`https://acme.${SCRT}`, 'salesforce-srct.com')).toMatchObject({
      value: `https://acme.${SCRT}`,
      status: 'pass',
    });
  });

  it.each([
    'salesforce-scrf.com',
    'salesforce-sctr.com',
    'salesforce-scrtt.com',
    'salesforcescrt.com',
    'salesforce-srtc.com',
  ])('is not the only slip: %s', (domain) => {
    const verdict = normaliseBaseUrl(`https://acme.my.${domain}`);
    expect(verdict).toMatchObject({
      value: `https://acme.${SCRT}`,
      status: 'fail',
      findings: [{ code: 'BASE_URL_DOMAIN_TYPO' }],
    });
  });
});

describe('another domain for the rewrite', () => {
  it.each([
    'salesforce-scrt.example',
    '.salesforce-scrt.example',
    'https://my.salesforce-scrt.example/',
    ' SALESFORCE-SCRT.EXAMPLE ',
  ])('is understood as %j', (domain) => {
    expect(normaliseBaseUrl('acme.my.salesforce.com', domain).value).toBe('https://acme.my.salesforce-scrt.example');
  });

  test('makes its own hosts right', () => {
    const given = 'https://acme.my.salesforce-scrt.example';
    expect(normaliseBaseUrl(given, 'salesforce-scrt.example')).toEqual({ value: given, status: 'pass', findings: [] });
  });

  test('is the usual one where it is empty', () => {
    expect(normaliseBaseUrl('acme.my.salesforce.com', '').value).toBe(`https://acme.${SCRT}`);
  });
});

describe('what stands behind the host', () => {
  it.each([
    ['/ESWSupport1700000000000', 'info PATH_OF_SITE'],
    ['/chat', 'warn PATH_OF_LIVE_CHAT'],
    ['/chat/rest/', 'warn PATH_OF_LIVE_CHAT'],
    ['/content', 'warn PATH_OF_CHAT_CONTENT'],
    ['/lightning/setup/SetupOneHome/home', 'info PATH_OF_SETUP'],
    ['/ESWSupport1700000000000/assets/js/bootstrap.min.js', 'info PATH_OF_SCRIPT'],
    ['/iamessage/api/v2/conversation', 'info PATH_OF_ENDPOINT'],
    ['/eventrouter/v1/sse', 'info PATH_OF_ENDPOINT'],
    ['/embeddedservice/v1/embedded-service-config?orgId=x', 'info PATH_OF_ENDPOINT'],
    ['/something', 'info PATH_REMOVED'],
    ['?language=en', 'info PATH_REMOVED'],
  ])('is removed and tells what was pasted: %s', (path, code) => {
    const verdict = normaliseBaseUrl(`https://acme.${SCRT}${path}`);
    expect(verdict.value).toBe(`https://acme.${SCRT}`);
    expect(codesOf(verdict.findings)).toEqual([code]);
  });
});

describe('how an address may be written', () => {
  it.each([
    ['without a scheme', `acme.${SCRT}`],
    ['with capitals', `HTTPS://Acme.My.Salesforce-SCRT.com`],
    ['with a dot at the end', `https://acme.${SCRT}.`],
    ['with the usual port', `https://acme.${SCRT}:443`],
    ['in quotes with a comma', `"https://acme.${SCRT}",`],
    ['in typographic quotes', `“https://acme.${SCRT}”`],
    ['in angle brackets', `<https://acme.${SCRT}>`],
    ['as a Markdown link', `[Code Snippet](https://acme.${SCRT})`],
    ['with invisible characters', `\ufeffhttps://acme.\u200b${SCRT}\u00a0`],
    ['percent-encoded', `https%3A%2F%2Facme.${SCRT}%2F`],
    ['with the scheme twice', `https://https://acme.${SCRT}`],
    ['with a colon missing', `https//acme.${SCRT}`],
    ['with backslashes', `https:\\\\acme.${SCRT}\\`],
    ['broken over two lines', `https://acme.my.sales\nforce-scrt.com`],
    ['inside a sentence', `The base URL is https://acme.${SCRT}, I think`],
    [
      'wrapped by a mail filter',
      `https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.${SCRT}%2F&data=05`,
    ],
    ['with a fragment', `https://acme.${SCRT}#top`],
  ])('is understood: %s', (_, given) => {
    expect(normaliseBaseUrl(given)).toMatchObject({ value: `https://acme.${SCRT}`, status: 'pass' });
  });

  test('says that https:// was added', () => {
    expect(codesOf(normaliseBaseUrl(`acme.${SCRT}`).findings)).toEqual(['info SCHEME_ADDED']);
  });

  test('says that words in front of a bare host were left out, since a blank may have cut it', () => {
    const verdict = normaliseBaseUrl('acme b.my.salesforce.com');
    expect(verdict.status).toBe('warn');
    expect(findingOf(verdict.findings, 'HOST_FROM_TEXT').message).toContain('b.my.salesforce.com');
  });

  it.each([`Organization Base URL: acme.${SCRT}`, `see https://acme.${SCRT}`, `acme\n.${SCRT}`, `acme.\n${SCRT}`])(
    'does not say so of %j',
    (given) => {
      expect(normaliseBaseUrl(given)).toMatchObject({ value: `https://acme.${SCRT}`, status: 'pass' });
    },
  );

  test('turns the long dash of a word processor into two hyphens', () => {
    const verdict = normaliseBaseUrl('acme–uat.sandbox.my.salesforce.com');
    expect(verdict).toMatchObject({ value: `https://acme--uat.sandbox.${SCRT}`, status: 'warn' });
    expect(findingOf(verdict.findings, 'DASH_RESTORED').severity).toBe('warn');
  });
});

describe('what no base URL can be', () => {
  it.each([
    ['nothing', '', 'VALUE_MISSING'],
    ['quotes', '""', 'VALUE_MISSING'],
    ['another port', `https://acme.${SCRT}:8443`, 'PORT_NOT_ALLOWED'],
    ['a user name', `https://me@acme.${SCRT}`, 'URL_HAS_LOGIN'],
    ['an IPv4 address', 'https://10.0.0.1', 'HOST_IS_ADDRESS'],
    ['an IPv6 address', 'https://[2001:db8::1]', 'HOST_IS_ADDRESS'],
    ['a number that means this computer', 'https://2130706433', 'URL_UNREADABLE'],
    ['a hexadecimal number that means this computer', 'http://0x7f.1:3000', 'URL_UNREADABLE'],
    ['another scheme', `wss://acme.${SCRT}`, 'SCHEME_NOT_HTTPS'],
    ['a script', 'javascript:alert(1)', 'SCHEME_NOT_HTTPS'],
    ['an example with brackets in it', 'https://<mydomain>.my.salesforce-scrt.com', 'URL_UNREADABLE'],
    ['a name', 'My_Deployment', 'NOT_A_HOST'],
    ['an ID', '00D8Z000001kQ7P', 'NOT_A_HOST'],
    ['letters of another alphabet', 'https://аcme.my.salesforce-scrt.com', 'HOST_NOT_LATIN'],
  ])('is refused: %s', (_, given, code) => {
    const verdict = normaliseBaseUrl(given);
    expect(verdict).toMatchObject({ value: null, status: 'fail' });
    expect(codesOf(verdict.findings)).toEqual([`fail ${code}`]);
  });

  test('http fails with https as the mended value', () => {
    const verdict = normaliseBaseUrl(`http://acme.${SCRT}`);
    expect(verdict).toMatchObject({
      value: `https://acme.${SCRT}`,
      status: 'fail',
      findings: [{ code: 'HTTP_NOT_HTTPS' }],
    });
  });

  it.each([
    `https://me:hunter22@acme.${SCRT}`,
    '00D8Z000001kQ7P!AQ0AQhunter22',
    `https://acme.${SCRT}/secur/frontdoor.jsp?sid=00D8Z000001kQ7P!hunter22`,
  ])('a secret is refused and masked: %s', (given) => {
    const verdict = normaliseBaseUrl(given);
    expect(verdict).toMatchObject({ value: null, findings: [{ code: 'ACCESS_TOKEN_PASTED' }] });
    expect(JSON.stringify(verdict)).not.toContain('hunter22');
  });
});

describe('this computer', () => {
  it.each([
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['https://127.0.0.1:3000/', 'https://127.0.0.1:3000'],
    ['http://127.8.9.10:1', 'http://127.8.9.10:1'],
    ['http://[::1]:3000/iamessage', 'http://[::1]:3000'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://localhost', 'https://localhost'],
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
  ])('passes with a note: %s', (given, value) => {
    const verdict = normaliseBaseUrl(given);
    expect(verdict).toMatchObject({ value, status: 'pass' });
    expect(codesOf(verdict.findings)).toEqual(['info LOOPBACK_HOST']);
  });

  test('does not excuse a user name', () => {
    expect(normaliseBaseUrl('http://me@127.0.0.1:3000').value).toBeNull();
  });
});
