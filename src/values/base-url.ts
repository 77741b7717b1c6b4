import type { Finding } from '../core/config.ts';
import type { GuideStep } from '../core/guide-step.ts';
import { acceptAddress, isAccepted } from './address.ts';
import { guideStepOf, whereToFind } from './field-steps.ts';
import { findOrgHost, SERVICE_DOMAIN } from './org-host.ts';
import type { PastedUrl } from './pasted-url.ts';
import { type FieldVerdict, findingsAt, verdict } from './verdict.ts';

/** What a path says about where the address was copied from. Tried from the top. */
const PATHS: readonly { pattern: RegExp; severity: 'info' | 'warn'; code: string; message: string }[] = [
  {
    pattern: /bootstrap(?:\.min)?\.js/i,
    severity: 'info',
    code: 'PATH_OF_SCRIPT',
    message: 'That is the address of the snippet’s script',
  },
  { pattern: /^\/ESW/i, severity: 'info', code: 'PATH_OF_SITE', message: 'That is the site address of a web snippet' },
  {
    pattern: /^\/chat(?:\/|$)/i,
    severity: 'warn',
    code: 'PATH_OF_LIVE_CHAT',
    message:
      'An address that ends in /chat is a Live Agent URL of legacy Live Chat; messaging has nothing behind the host',
  },
  {
    pattern: /^\/content(?:\/|$)/i,
    severity: 'warn',
    code: 'PATH_OF_CHAT_CONTENT',
    message: 'An address with /content serves the scripts of legacy Live Chat',
  },
  {
    pattern: /^\/lightning(?:\/|$)/i,
    severity: 'info',
    code: 'PATH_OF_SETUP',
    message: 'That was copied from the browser’s address bar',
  },
  {
    pattern: /^\/(?:iamessage|eventrouter|embeddedservice)(?:\/|$)/i,
    severity: 'info',
    code: 'PATH_OF_ENDPOINT',
    message: 'That is the address of one request to the service',
  },
  { pattern: /./, severity: 'info', code: 'PATH_REMOVED', message: 'What stands behind the host was removed' },
];

/**
 * Judges an Organization Base URL: `https://host` with nothing behind it, derived from any host of the org that allows it.
 * @param domain what a rewrite writes in place of the org's own domain
 */
export function normaliseBaseUrl(given: string, domain: string = SERVICE_DOMAIN): FieldVerdict {
  const step = guideStepOf('baseUrl');
  const accepted = acceptAddress('baseUrl', given, step);
  if (!isAccepted(accepted)) return accepted;
  const { url, isLoopback, findings } = accepted;
  if (isLoopback) return verdict(originOf(url), findings);
  const org = findOrgHost(url.host, { domain: plainDomain(domain), step, whereToFind: whereToFind('baseUrl') });
  if (org.host === null) return verdict(null, org.findings);
  return verdict(`https://${org.host}`, [...findings, ...org.findings, ...pathFindings(url, org.host, step)]);
}

export function originOf(url: PastedUrl): string {
  return `${url.scheme}://${url.host}${url.port === '' ? '' : `:${url.port}`}`;
}

function pathFindings(url: PastedUrl, host: string, step: GuideStep): Finding[] {
  const rest = url.path === '/' ? url.search : url.path;
  const row = rest === '' ? undefined : PATHS.find(({ pattern }) => pattern.test(rest));
  return row ? [findingsAt(step)[row.severity](row.code, row.message, `enter https://${host}`)] : [];
}

function plainDomain(domain: string): string {
  const plain = domain
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?\.?(?:my\.)?/, '')
    .replace(/[/.]+$/, '');
  return plain === '' ? SERVICE_DOMAIN : plain;
}
