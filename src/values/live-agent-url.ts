import type { Finding } from '../core/config.ts';
import { acceptAddress, isAccepted } from './address.ts';
import { originOf } from './base-url.ts';
import { shown } from './clean-text.ts';
import { mendedBelow } from './domain-slips.ts';
import { guideStepOf, whereToFind } from './field-steps.ts';
import { isBelow, isSrctHost } from './host-kinds.ts';
import { findOrgHost, SERVICE_DOMAIN } from './org-host.ts';
import type { PastedUrl } from './pasted-url.ts';
import { type FieldVerdict, findingsAt, softened, verdict } from './verdict.ts';

const CLASSIC_DOMAIN = 'salesforceliveagent.com';
const STEP = guideStepOf('liveAgentUrl');
const { info, warn, fail } = findingsAt(STEP);
const ASK = `ask the service (sf-handoff doctor), or ${whereToFind('liveAgentUrl')}`;

/** Judges a Live Agent URL: `https://host/chat`. The path tells legacy Live Chat from messaging, the host alone no longer does. */
export function normaliseLiveAgentUrl(given: string): FieldVerdict {
  const accepted = acceptAddress('liveAgentUrl', given, STEP);
  if (!isAccepted(accepted)) return accepted;
  const { url, isLoopback, findings } = accepted;
  if (isLoopback) return verdict(`${originOf(url)}/chat`, findings);
  const judged = judgeHost(url);
  return judged.value === null ? judged : verdict(judged.value, [...findings, ...judged.findings]);
}

function judgeHost(url: PastedUrl): FieldVerdict {
  const { host } = url;
  if (isBelow(host, CLASSIC_DOMAIN)) return classicHost(url);
  const meant = mendedBelow(host, CLASSIC_DOMAIN);
  if (meant !== undefined) return mistyped(url, meant);
  if (isSrctHost(host) || isBelow(host, SERVICE_DOMAIN)) return serviceHost(url);
  if (isBelow(host, 'gslb.siteforce.com')) {
    return verdict(chatAt(host), [
      warn('SITEFORCE_HOST', `${shown(host)} is of a form that no public page shows`, ASK),
      ...pathFindings(url),
    ]);
  }
  if (/^d\.(?:[a-z0-9-]+\.)*(?:la|gus)\.salesforce\.com$|^d\.gla[\w.-]*\.salesforce\.com$/.test(host)) {
    return verdict(chatAt(host), [
      warn('SAMPLE_HOST', `${shown(host)} is the sample of Salesforce’s documentation`, ASK),
      ...pathFindings(url),
    ]);
  }
  return otherHost(url);
}

/** A slip of the finger in the domain; what is said of the mended host holds as well. */
function mistyped(url: PastedUrl, meant: string): FieldVerdict {
  const judged = classicHost({ ...url, host: meant });
  if (judged.value === null) return judged;
  const message = `${shown(url.host)} looks like a slip of the finger for ${shown(meant)}`;
  return verdict(judged.value, [
    fail('LIVE_AGENT_DOMAIN_TYPO', message, `enter ${judged.value}`),
    ...judged.findings.filter(({ severity }) => severity !== 'info'),
  ]);
}

/** `d.` is the host of the data, `c.` that of the scripts; the rest of the two names is equal wherever both were seen. */
function classicHost(url: PastedUrl): FieldVerdict {
  const { host } = url;
  if (host === CLASSIC_DOMAIN || /^[a-z]\.salesforceliveagent\.com$/.test(host)) {
    return verdict(null, [
      fail('POD_MISSING', `${shown(host)} lacks the part that names the server`, whereToFind('liveAgentUrl')),
    ]);
  }
  if (host.startsWith('c.')) {
    const candidate = `d.${host.slice(2)}`;
    const message = `${shown(host)} serves scripts; chats are most likely served by ${candidate}`;
    return verdict(chatAt(candidate), [warn('CONTENT_HOST', message, ASK)]);
  }
  const findings = pathFindings(url);
  if (host.startsWith('d.') || host.includes('--')) return verdict(chatAt(host), findings);
  return verdict(chatAt(host), [
    warn('LIVE_AGENT_HOST_UNUSUAL', `${shown(host)} does not start with d., unlike most Live Agent hosts`, ASK),
    ...findings,
  ]);
}

function serviceHost(url: PastedUrl): FieldVerdict {
  const org = findOrgHost(url.host, { domain: SERVICE_DOMAIN, step: STEP, whereToFind: whereToFind('liveAgentUrl') });
  if (org.host === null) return verdict(null, org.findings);
  const findings = org.findings.map((finding) => withPath(finding, url.host));
  return verdict(chatAt(org.host), [...findings, ...servicePath(url)]);
}

/** The hint of a mended host ends where a base URL ends; here `/chat` belongs to it. */
function withPath(finding: Finding, host: string): Finding {
  return isSrctHost(host) && finding.hint.endsWith(SERVICE_DOMAIN)
    ? { ...finding, hint: `${finding.hint}/chat` }
    : finding;
}

function servicePath(url: PastedUrl): Finding[] {
  if (/^\/chat(?:\/|$)/i.test(url.path)) return pathFindings(url);
  if (/^\/(?:iamessage|eventrouter|embeddedservice)(?:\/|$)/i.test(url.path)) {
    return [
      fail('MESSAGING_URL_AS_LIVE_AGENT_URL', 'That is an address of messaging (MIAW), not of legacy Live Chat', ASK),
    ];
  }
  if (/^\/content(?:\/|$)/i.test(url.path))
    return [warn('CONTENT_PATH', 'An address with /content serves scripts; chats are under /chat', ASK)];
  const message = 'Without /chat at its end this is the base URL of messaging (MIAW); /chat was added';
  return [warn('LIVE_AGENT_PATH_ADDED', message, ASK)];
}

/** Any other host: the org's messaging host serves Live Chat too, so it is a candidate wherever it can be derived. */
function otherHost(url: PastedUrl): FieldVerdict {
  const org = findOrgHost(url.host, { domain: SERVICE_DOMAIN, step: STEP, whereToFind: whereToFind('liveAgentUrl') });
  if (org.host === null) return verdict(null, org.findings);
  const message = `${shown(url.host)} is not a Live Agent host; the org’s chat may be at ${chatAt(org.host)}`;
  const harsh = org.findings.filter((finding) => finding.severity === 'fail');
  return verdict(chatAt(org.host), [warn('LIVE_AGENT_URL_CANDIDATE', message, ASK), ...softened(harsh)]);
}

function chatAt(host: string): string {
  return `https://${host}/chat`;
}

function pathFindings(url: PastedUrl): Finding[] {
  const path = url.path + url.search;
  if (path === '/chat') return [];
  const hint = `enter ${chatAt(url.host)}`;
  if (path === '/') return [info('LIVE_AGENT_PATH_COMPLETED', '/chat was added behind the host', hint)];
  return [info('PATH_REMOVED', 'What stands behind /chat was removed', hint)];
}
