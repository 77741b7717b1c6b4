import { describe, expect, it } from 'vitest';
import { normaliseBaseUrl, normaliseLiveAgentUrl } from '../../src/values/hosts.ts';

const codes = (verdict: { readonly findings: readonly { readonly code: string }[] }) =>
  verdict.findings.map(({ code }) => code);

describe('a slip in the domain of a base URL', () => {
  it.each([
    ['another top-level domain', 'acme.my.salesforce-scrt.con', 'acme.my.salesforce-scrt.com'],
    ['a top-level domain cut short', 'acme.my.salesforce-scrt.co', 'acme.my.salesforce-scrt.com'],
    ['a missing letter', 'acme.my.salesforc-scrt.com', 'acme.my.salesforce-scrt.com'],
    ['a letter too many', 'acme.my.salessforce-scrt.com', 'acme.my.salesforce-scrt.com'],
    ['letters that changed places', 'acme.my.salesfroce-scrt.com', 'acme.my.salesforce-scrt.com'],
    ['a missing hyphen', 'acme.my.salesforcescrt.com', 'acme.my.salesforce-scrt.com'],
    ['a missing dot', 'acme.mysalesforce-scrt.com', 'acme.my.salesforce-scrt.com'],
    ['a sandbox', 'acme--uat.sandbox.my.salesforce-scrt.con', 'acme--uat.sandbox.my.salesforce-scrt.com'],
    ['the My Domain address', 'acme.my.salesforce.con', 'acme.my.salesforce-scrt.com'],
    ['the address bar', 'acme.lightning.forse.com', 'acme.my.salesforce-scrt.com'],
  ])('is mended and told: %s', (_, given, host) => {
    const verdict = normaliseBaseUrl(`https://${given}`);
    expect([verdict.value, verdict.status, codes(verdict)[0]]).toEqual([
      `https://${host}`,
      'fail',
      'BASE_URL_DOMAIN_TYPO',
    ]);
  });

  it.each([['chat.example.com'], ['acme.my.example.com'], ['acme.my.sap.com'], ['example.my.salesboat.io']])(
    'is not read into a host of somebody else: %s',
    (given) => {
      const verdict = normaliseBaseUrl(`https://${given}`);
      expect([verdict.value, codes(verdict)]).toEqual([null, ['NOT_A_SALESFORCE_HOST']]);
    },
  );
});

describe('a slip in the domain of a Live Agent URL', () => {
  it.each([
    ['d.la3-c2-ia4.salesforceliveagent.con', 'https://d.la3-c2-ia4.salesforceliveagent.com/chat'],
    ['d.la3-c2-ia4.salesforceliveagnt.com', 'https://d.la3-c2-ia4.salesforceliveagent.com/chat'],
  ])('is mended and told: %s', (given, url) => {
    const verdict = normaliseLiveAgentUrl(`https://${given}/chat`);
    expect([verdict.value, codes(verdict)]).toEqual([url, ['LIVE_AGENT_DOMAIN_TYPO']]);
  });
});
