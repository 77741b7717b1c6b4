import type { Route } from './route.ts';

/** Makers and kinds of software that put a certificate of their own in the place of the server's. */
const INSPECTORS =
  /zscaler|netskope|blue ?coat|symantec web|forti(?:net|gate|proxy)|palo ?alto|umbrella|opendns|sophos|kaspersky|avast|avg |\beset\b|bitdefender|mcafee|skyhigh|trellix|forcepoint|websense|check ?point|barracuda|watchguard|sonicwall|untangle|cato networks|cloudflare gateway|iboss|menlo|lightspeed|securly|mitmproxy|charles proxy|fiddler|do_not_trust|portswigger|squid|inspect|intercept|decrypt|\bproxy\b|\bfirewall\b|\bgateway\b/i;

/** Whether an untrusted issuer is most likely a proxy of the company that reads along, and not the server's own. */
export function isInspection(issuer: string, route: Route): boolean {
  return route.proxy !== undefined || INSPECTORS.test(issuer);
}
