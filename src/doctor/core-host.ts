import { findOrgHost, SERVICE_DOMAIN } from '../values/org-host.ts';

/** Where the org's messaging is, for an address of the same org that has none; undefined where that cannot be told. */
export function messagingHint(url: string | null): string | undefined {
  if (url === null) return undefined;
  const { hostname } = new URL(url);
  const { host } = findOrgHost(hostname, { domain: SERVICE_DOMAIN, step: 'miaw.2', whereToFind: '' });
  if (host === null || host === hostname) return undefined;
  return `enter https://${host} as Organization Base URL: ${hostname} belongs to the same org, but has no messaging`;
}
