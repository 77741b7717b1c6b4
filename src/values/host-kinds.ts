/** The misspelling of the service's domain that stands in the vendor's guide. Nothing is ever sent to hosts below it. */
export const SLIPPED_DOMAIN = 'salesforce-srct.com';

/** Whether the host, with or without a port, is this computer: 127.0.0.0/8, `[::1]` or `localhost`. */
export function isLoopbackHost(host: string): boolean {
  const name = bareHost(host);
  if (name === 'localhost' || name === '[::1]' || name === '::1') return true;
  const octets = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(name)?.slice(1) ?? [];
  return octets.length === 3 && octets.every((octet) => Number(octet) <= 255);
}

/** Whether the host lies on the misspelt domain `salesforce-srct.com`. */
export function isSrctHost(host: string): boolean {
  return isBelow(bareHost(host), SLIPPED_DOMAIN);
}

/** Whether the host is the domain or one of its subdomains. Both in small letters. */
export function isBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function bareHost(host: string): string {
  const name = host.trim().toLowerCase();
  const withoutPort = name.startsWith('[') || name.split(':').length === 2 ? name.replace(/:\d*$/, '') : name;
  return withoutPort.replace(/\.$/, '');
}
