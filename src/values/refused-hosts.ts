import { INSTANCE } from './host-families.ts';

/** A kind of host from which no messaging host follows. */
export interface RefusedHost {
  readonly code: string;
  readonly matches: (host: string) => boolean;
  readonly reason: string;
}

const INTERNAL =
  /(?:^|\.)(?:pc-rnd|vpod|sfdcdev)\.|(?:^|\.)(?:[\w-]*stm|blitz|gs1)\.(?:salesforce|force)\.|\.crm\.dev$/;

/** Tried from the top after all families that can be rewritten. */
export const REFUSED_HOSTS: readonly RefusedHost[] = [
  {
    code: 'LIVE_AGENT_HOST_AS_BASE_URL',
    matches: (host) => host.endsWith('.salesforceliveagent.com'),
    reason: 'is a host of legacy Live Chat and belongs in Live Agent URL; messaging has another host',
  },
  {
    code: 'SALESFORCE_INTERNAL_HOST',
    matches: (host) => INTERNAL.test(host),
    reason: 'is an internal host of Salesforce',
  },
  {
    code: 'GOVERNMENT_HOST',
    matches: (host) => /\.(?:salesforce|crmforce)(?:-[a-z]+)?\.mil$/.test(host),
    reason: 'is in the military cloud, whose messaging host is not public',
  },
  {
    code: 'CHINA_HOST',
    matches: (host) => /(?:^|\.)sfcrm(?:products|apps)\.cn$/.test(host),
    reason: 'is on Alibaba Cloud, where the messaging host is not public',
  },
  {
    code: 'ALTERNATIVE_DOMAIN_HOST',
    matches: (host) => /\.my-(?:salesforce|lightning)\.com$/.test(host),
    reason: 'is on an alternative domain, for which the messaging host is not public',
  },
  {
    code: 'LOGIN_HOST',
    matches: (host) => /^(?:login|test|welcome)\.salesforce\.com$/.test(host),
    reason: 'is the login page that all orgs share',
  },
  {
    code: 'INSTANCE_HOST',
    matches: (host) => isInstanceHost(host),
    reason: 'names a server of Salesforce, not an org',
  },
  {
    code: 'SALESFORCE_WEB_SITE',
    matches: (host) => host === 'salesforce.com' || host.endsWith('.salesforce.com'),
    reason: 'is a site of Salesforce, not of an org',
  },
  {
    code: 'EMBEDDED_SCRIPT_HOST',
    matches: (host) => host === 'service.force.com',
    reason: 'serves the script of Embedded Service and belongs to no org',
  },
  {
    code: 'OLD_SITE_HOST',
    matches: (host) => host.endsWith('.force.com'),
    reason: 'is an old site, whose name has nothing to do with the org’s My Domain',
  },
];

/** Of a host that is none of Salesforce's: most likely the customer's own domain in front of a site. */
export const FOREIGN_HOST: RefusedHost = {
  code: 'NOT_A_SALESFORCE_HOST',
  matches: () => true,
  reason: 'is not a host of Salesforce; a company’s own domain does not tell the org’s My Domain',
};

function isInstanceHost(host: string): boolean {
  if (/\.sfdc-[a-z0-9]+\.(?:salesforce|force)\.com$/.test(host)) return true;
  const label = /^([^.]+)\.(?:salesforce|force)\.com$/.exec(host)?.[1];
  return label !== undefined && INSTANCE.test(label);
}
