import type { Finding } from '../core/config.ts';
import type { GuideStep } from '../core/guide-step.ts';
import { shown } from './clean-text.ts';
import { mendedHost } from './domain-slips.ts';
import { type Confidence, HOST_FAMILIES, type HostFamily } from './host-families.ts';
import { isBelow, isSrctHost, SLIPPED_DOMAIN } from './host-kinds.ts';
import { type OrgName, readOrgName } from './org-name.ts';
import { FOREIGN_HOST, REFUSED_HOSTS } from './refused-hosts.ts';
import { findingsAt } from './verdict.ts';

export const SERVICE_DOMAIN = 'salesforce-scrt.com';

/** The org's messaging host, or null where it cannot be told, with what is to be said about the way there. */
export interface OrgHost {
  readonly host: string | null;
  readonly findings: readonly Finding[];
}

export interface OrgHostOptions {
  /** The domain that a rewrite writes. */
  readonly domain: string;
  readonly step: GuideStep;
  /** An imperative that says where the right value is. */
  readonly whereToFind: string;
}

/** Derives the host of an org's messaging service from any host of that org. `host` is in small letters. */
export function findOrgHost(host: string, options: OrgHostOptions): OrgHost {
  if (isSrctHost(host)) return slipped(host, options);
  if (isBelow(host, SERVICE_DOMAIN) || isBelow(host, options.domain)) return serviceHost(host, options);
  const family = HOST_FAMILIES.find(({ suffix }) => host.endsWith(suffix));
  const refused = REFUSED_HOSTS.find((row) => row.matches(host)) ?? FOREIGN_HOST;
  if (refused.code === 'INSTANCE_HOST' || refused.code === 'SALESFORCE_INTERNAL_HOST')
    return refuse(host, refused, options);
  const org = family && readOrgName(host.slice(0, -family.suffix.length).split('.'), family.hasPackage === true);
  if (family && org) return rewritten(family, org, options);
  const typo = refused === FOREIGN_HOST ? mistyped(host, options) : undefined;
  return typo ?? refuse(host, refused, options);
}

/** The misspelling of the vendor's guide: mended, unless that domain was asked for, which is then left to whoever asked. */
function slipped(host: string, options: OrgHostOptions): OrgHost {
  const slip = findingsAt('metadata.1');
  if (options.domain === SLIPPED_DOMAIN) return { host, findings: [literalSlip()] };
  const mended = host.slice(0, -SLIPPED_DOMAIN.length) + SERVICE_DOMAIN;
  const message = `${SLIPPED_DOMAIN} is a slip that stands in the vendor’s own guide; Salesforce’s domain is ${SERVICE_DOMAIN}`;
  const service = serviceHost(mended, options);
  const hint = service.host === null ? options.whereToFind : `enter https://${mended}`;
  return { host: service.host, findings: [slip.fail('BASE_URL_DOMAIN_SLIP', message, hint), ...service.findings] };
}

function literalSlip(): Finding {
  const message = `The host is on ${SLIPPED_DOMAIN} as asked; Salesforce’s domain is ${SERVICE_DOMAIN}, and nothing is ever sent to the other`;
  return findingsAt('metadata.1').warn(
    'BASE_URL_DOMAIN_SLIP',
    message,
    `leave --base-url-domain away to use ${SERVICE_DOMAIN}`,
  );
}

function serviceHost(host: string, options: OrgHostOptions): OrgHost {
  const { warn, fail } = findingsAt(options.step);
  const domain = isBelow(host, SERVICE_DOMAIN) ? SERVICE_DOMAIN : options.domain;
  const stem = host.slice(0, -domain.length - 1);
  if (stem === '' || stem === 'my') {
    return {
      host: null,
      findings: [fail('MY_DOMAIN_MISSING', `${shown(host)} lacks the org’s My Domain name`, options.whereToFind)],
    };
  }
  if (!stem.endsWith('.my')) {
    const message = `${shown(host)} has no .my in it, unlike the messaging host of nearly every org`;
    return {
      host,
      findings: [
        warn('SERVICE_HOST_UNUSUAL', message, `ask the service (sf-handoff doctor), or ${options.whereToFind}`),
      ],
    };
  }
  if (!/--[^.]*\.my$/.test(stem)) return { host, findings: [] };
  const message = `${shown(host)} names a sandbox but lacks the word sandbox that every known sandbox host has`;
  return {
    host,
    findings: [
      warn('SANDBOX_WITHOUT_PARTITION', message, `ask the service (sf-handoff doctor), or ${options.whereToFind}`),
    ],
  };
}

function rewritten(family: HostFamily, org: OrgName, options: OrgHostOptions): OrgHost {
  const host = `${org.stem}.my.${options.domain}`;
  const finding = options.domain === SLIPPED_DOMAIN ? [literalSlip()] : [];
  return { host, findings: [...finding, derivation(family, org, host, options)] };
}

function derivation(family: HostFamily, org: OrgName, host: string, options: OrgHostOptions): Finding {
  const { info, warn } = findingsAt(options.step);
  const message = `That is ${family.what}; the messaging host of the same org is ${host}`;
  const surest: Confidence = org.confidence === 'deduced' ? 'deduced' : family.confidence;
  if (surest === 'documented') return info(family.code, message, `enter https://${host}`);
  const code = org.code ?? family.code;
  if (surest === 'paired')
    return warn(
      code,
      `${message}, going by the site’s name`,
      `ask the service (sf-handoff doctor), or ${options.whereToFind}`,
    );
  const doubt = org.doubt === undefined ? '' : `: ${org.doubt}`;
  return warn(
    code,
    `${shown(host)} is a guess${doubt}`,
    `ask the service (sf-handoff doctor), or ${options.whereToFind}`,
  );
}

/** A slip of the finger in the domain, such as `salesforce-scrt.con` or `salesforc-scrt.com`. */
function mistyped(host: string, options: OrgHostOptions): OrgHost | undefined {
  const mended = mendedHost(host);
  if (mended === undefined) return undefined;
  const org = findOrgHost(mended, options);
  if (org.host === null) return undefined;
  const message = `${shown(host)} looks like a slip of the finger for ${shown(mended)}${mended === org.host ? '' : `, whose messaging host is ${org.host}`}`;
  const doubts = org.findings.filter(({ severity }) => severity !== 'info');
  return {
    host: org.host,
    findings: [findingsAt(options.step).fail('BASE_URL_DOMAIN_TYPO', message, `enter https://${org.host}`), ...doubts],
  };
}

function refuse(host: string, { code, reason }: { code: string; reason: string }, options: OrgHostOptions): OrgHost {
  return {
    host: null,
    findings: [findingsAt(options.step).fail(code, `${shown(host)} ${reason}`, options.whereToFind)],
  };
}
