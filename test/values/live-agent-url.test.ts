import { describe, expect, it, test } from 'vitest';
import { normaliseLiveAgentUrl } from '../../src/values/hosts.ts';
import { codesOf, findingOf } from './findings.ts';

describe('a Live Agent URL that is right', () => {
  it.each([
    'https://d.la1a1.salesforceliveagent.com/chat',
    'https://d.la1c1.salesforceliveagent.com/chat',
    'https://d.la1-c1-ukb.salesforceliveagent.com/chat',
    'https://d.la3-c2-ph2.salesforceliveagent.com/chat',
    'https://d.la2-c1cs-ord.salesforceliveagent.com/chat',
    'https://d.la8cs.salesforceliveagent.com/chat',
    'https://d.la10.salesforceliveagent.com/chat',
    'https://d.la2s-core1.sfdc-lywfpd.salesforceliveagent.com/chat',
    'https://acme--uat.cs45.salesforceliveagent.com/chat',
    'https://acme.my.salesforce-scrt.com/chat',
    'https://acme--uat.sandbox.my.salesforce-scrt.com/chat',
  ])('passes without a word: %s', (given) => {
    expect(normaliseLiveAgentUrl(given)).toEqual({ value: given, status: 'pass', findings: [] });
  });

  it.each([
    ['d.la1-c1-fra.salesforceliveagent.com', 'info SCHEME_ADDED', 'info LIVE_AGENT_PATH_COMPLETED'],
    ['https://d.la1-c1-fra.salesforceliveagent.com', 'info LIVE_AGENT_PATH_COMPLETED'],
    ['https://d.la1-c1-fra.salesforceliveagent.com/', 'info LIVE_AGENT_PATH_COMPLETED'],
    ['https://d.la1-c1-fra.salesforceliveagent.com/chat/', 'info PATH_REMOVED'],
    ['https://d.la1-c1-fra.salesforceliveagent.com/chat/rest/', 'info PATH_REMOVED'],
    ['https://d.la1-c1-fra.salesforceliveagent.com/chat/rest/System/SessionId', 'info PATH_REMOVED'],
    ['https://d.la1-c1-fra.salesforceliveagent.com/chat/chat/rest', 'info PATH_REMOVED'],
    ['https://D.LA1-C1-FRA.salesforceliveagent.com/chat?x=1', 'info PATH_REMOVED'],
    ["'https://d.la1-c1-fra.salesforceliveagent.com/chat',", 'info VALUE_TRIMMED'],
  ])('passes once it is trimmed or completed: %s', (given, ...codes) => {
    const verdict = normaliseLiveAgentUrl(given);
    expect(verdict).toMatchObject({ value: 'https://d.la1-c1-fra.salesforceliveagent.com/chat', status: 'pass' });
    expect(codesOf(verdict.findings)).toEqual(codes);
  });

  test('passes on the org’s own host with /chat/rest behind it', () => {
    expect(normaliseLiveAgentUrl('https://acme.my.salesforce-scrt.com/chat/rest/')).toMatchObject({
      value: 'https://acme.my.salesforce-scrt.com/chat',
      status: 'pass',
    });
  });
});

describe('the content host', () => {
  it.each([
    'https://c.la3-c2-ia4.salesforceliveagent.com/content',
    'https://c.la3-c2-ia4.salesforceliveagent.com/content/g/js/60.0/deployment.js',
    'https://c.la3-c2-ia4.salesforceliveagent.com/chat',
    'c.la3-c2-ia4.salesforceliveagent.com',
  ])('gives the host of the data as a candidate, never silently: %s', (given) => {
    const verdict = normaliseLiveAgentUrl(given);
    expect(verdict).toMatchObject({ value: 'https://d.la3-c2-ia4.salesforceliveagent.com/chat', status: 'warn' });
    expect(findingOf(verdict.findings, 'CONTENT_HOST').hint).toContain('ask the service');
  });

  test('is told from the org’s own host by the path', () => {
    const verdict = normaliseLiveAgentUrl('https://acme.my.salesforce-scrt.com/content/g/js/60.0/deployment.js');
    expect(verdict).toMatchObject({
      value: 'https://acme.my.salesforce-scrt.com/chat',
      status: 'warn',
      findings: [{ code: 'CONTENT_PATH' }],
    });
  });
});

describe('an address of messaging', () => {
  test('without a path gets /chat, with a warning', () => {
    const verdict = normaliseLiveAgentUrl('https://acme.my.salesforce-scrt.com');
    expect(verdict).toMatchObject({
      value: 'https://acme.my.salesforce-scrt.com/chat',
      status: 'warn',
      findings: [{ code: 'LIVE_AGENT_PATH_ADDED' }],
    });
  });

  it.each(['/iamessage/api/v2/conversation', '/eventrouter/v1/sse', '/embeddedservice/v1/embedded-service-config'])(
    'with %s behind it fails',
    (path) => {
      const verdict = normaliseLiveAgentUrl(`https://acme.my.salesforce-scrt.com${path}`);
      expect(verdict).toMatchObject({ status: 'fail', findings: [{ code: 'MESSAGING_URL_AS_LIVE_AGENT_URL' }] });
    },
  );
});

describe('other hosts', () => {
  it.each([
    [
      'the sample of the documentation',
      'https://d.la.salesforce.com/chat',
      'https://d.la.salesforce.com/chat',
      'SAMPLE_HOST',
    ],
    [
      'the older sample',
      'https://d.gla5.gus.salesforce.com/chat/',
      'https://d.gla5.gus.salesforce.com/chat',
      'SAMPLE_HOST',
    ],
    [
      'a gslb host',
      'https://d.gla3-phx.gslb.siteforce.com/chat',
      'https://d.gla3-phx.gslb.siteforce.com/chat',
      'SITEFORCE_HOST',
    ],
    [
      'a host without d.',
      'https://la1-c1-fra.salesforceliveagent.com/chat',
      'https://la1-c1-fra.salesforceliveagent.com/chat',
      'LIVE_AGENT_HOST_UNUSUAL',
    ],
    [
      'the login address',
      'https://acme.my.salesforce.com',
      'https://acme.my.salesforce-scrt.com/chat',
      'LIVE_AGENT_URL_CANDIDATE',
    ],
    [
      'Lightning',
      'https://acme.lightning.force.com/lightning/setup/x',
      'https://acme.my.salesforce-scrt.com/chat',
      'LIVE_AGENT_URL_CANDIDATE',
    ],
    [
      'a site',
      'https://acme.my.site.com/support',
      'https://acme.my.salesforce-scrt.com/chat',
      'LIVE_AGENT_URL_CANDIDATE',
    ],
  ])('are a candidate with a warning: %s', (_, given, value, code) => {
    const verdict = normaliseLiveAgentUrl(given);
    expect(verdict).toMatchObject({ value, status: 'warn' });
    expect(findingOf(verdict.findings, code).severity).toBe('warn');
  });

  it.each([
    ['the script host', 'https://service.force.com', 'EMBEDDED_SCRIPT_HOST'],
    ['a company’s own domain', 'https://chat.example.com/chat', 'NOT_A_SALESFORCE_HOST'],
    ['the bare domain', 'https://salesforceliveagent.com/chat', 'POD_MISSING'],
    ['a host without its server', 'https://d.salesforceliveagent.com/chat', 'POD_MISSING'],
    ['a look-alike suffix', 'https://d.la1.salesforceliveagent.com.example.com/chat', 'NOT_A_SALESFORCE_HOST'],
    ['an old site', 'https://acme.secure.force.com/chat', 'OLD_SITE_HOST'],
    ['an instance', 'https://na123.salesforce.com', 'INSTANCE_HOST'],
    ['another port', 'https://d.la1.salesforceliveagent.com:8080/chat', 'PORT_NOT_ALLOWED'],
    ['an IP address', 'https://10.0.0.1/chat', 'HOST_IS_ADDRESS'],
    ['nothing', ' ', 'VALUE_MISSING'],
  ])('are refused: %s', (_, given, code) => {
    const verdict = normaliseLiveAgentUrl(given);
    expect(verdict).toMatchObject({ value: null, status: 'fail', findings: [{ code, step: 'live-chat.2' }] });
  });

  test('on the misspelt domain fail with the mended value', () => {
    const verdict = normaliseLiveAgentUrl('https://acme.my.salesforce-srct.com/chat');
    expect(verdict).toMatchObject({ value: 'https://acme.my.salesforce-scrt.com/chat', status: 'fail' });
    expect(findingOf(verdict.findings, 'BASE_URL_DOMAIN_SLIP')).toMatchObject({
      step: 'metadata.1',
      hint: 'enter https://acme.my.salesforce-scrt.com/chat',
    });
  });

  test('without encryption fail with https as the mended value', () => {
    expect(normaliseLiveAgentUrl('http://d.la1.salesforceliveagent.com/chat')).toMatchObject({
      value: 'https://d.la1.salesforceliveagent.com/chat',
      status: 'fail',
      findings: [{ code: 'HTTP_NOT_HTTPS' }],
    });
  });
});

describe('this computer', () => {
  it.each([
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/chat'],
    ['http://127.0.0.1:3000/chat/rest/', 'http://127.0.0.1:3000/chat'],
    ['https://localhost:3000/chat', 'https://localhost:3000/chat'],
    ['http://[::1]:3000/chat', 'http://[::1]:3000/chat'],
  ])('passes with a note: %s', (given, value) => {
    const verdict = normaliseLiveAgentUrl(given);
    expect(verdict).toMatchObject({ value, status: 'pass' });
    expect(codesOf(verdict.findings)).toEqual(['info LOOPBACK_HOST']);
  });
});
