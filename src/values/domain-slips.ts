import { nearest } from '../core/nearest.ts';

/** Domains below which an org has a host that leads to its messaging host. The likeliest stand first. */
const KNOWN_DOMAINS: readonly string[] = [
  'salesforce-scrt.com',
  'salesforce.com',
  'salesforce-setup.com',
  'salesforce-sites.com',
  'lightning.force.com',
  'site.com',
];
/** Fewer letters than these are too easily somebody else's name. */
const SHORTEST_LABEL = 7;

/** The host that was most likely meant, where the domain is a slip of the finger away from one of Salesforce's. */
export function mendedHost(given: string): string | undefined {
  const host = given.replace(/\.my(?=salesforce)/, '.my.');
  const lightning = /^(.+)\.(lightning\.[a-z0-9-]+\.[a-z0-9]{1,4})$/.exec(host);
  const [, stem, domain] = lightning ?? /^(.+\.my)\.([a-z0-9-]+\.[a-z0-9]{1,4})$/.exec(host) ?? [];
  if (stem === undefined || domain === undefined) return undefined;
  const meant = KNOWN_DOMAINS.find((known) => (known === domain && host !== given) || isSlip(domain, known));
  return meant === undefined || meant.startsWith('lightning.') !== (lightning !== null)
    ? undefined
    : `${stem}.${meant}`;
}

/** Whether the host lies on a domain that is a slip of the finger away from the known one; then that host. */
export function mendedBelow(host: string, known: string): string | undefined {
  const labels = host.split('.');
  const domain = labels.slice(-2).join('.');
  return labels.length > 2 && isSlip(domain, known) ? [...labels.slice(0, -2), known].join('.') : undefined;
}

function isSlip(domain: string, known: string): boolean {
  if (domain === known) return false;
  const name = domain.slice(0, domain.lastIndexOf('.'));
  return name.length >= SHORTEST_LABEL && nearest(domain, [known], 3) === known;
}
