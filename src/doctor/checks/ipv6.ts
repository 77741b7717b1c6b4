import { isIP } from 'node:net';
import type { CheckOutcome } from '../../core/check.ts';
import { HandoffError } from '../../core/errors.ts';
import type { Probe } from '../probe.ts';
import { passed, skipped } from './outcomes.ts';

/** A host with both kinds of addresses is to be reached by both: who prefers IPv6 would otherwise wait or fail. */
export async function lookAtIpv6(probe: Probe): Promise<CheckOutcome> {
  const { addresses, via } = await probe.resolved();
  if (via?.startsWith('proxy')) return skipped('the proxy chooses the address');
  const kinds = new Set(addresses.map((address) => isIP(address)));
  if (!kinds.has(6)) return skipped('the host has IPv4 addresses only');
  if (!kinds.has(4)) return passed('reached by IPv6, its only kind of address');
  try {
    const { address } = await probe.connectedBy6();
    return passed(`reached at [${address}] as well`);
  } catch (thrown) {
    if (!(thrown instanceof HandoffError)) throw thrown;
    // Most networks still have no IPv6, and nothing is wrong with that.
    if (thrown.code === 'NETWORK_UNREACHABLE') return skipped('this network has no IPv6');
    return broken(thrown);
  }
}

function broken(error: HandoffError): CheckOutcome {
  return {
    status: 'warn',
    cause: 'IPV6_UNREACHABLE',
    message: `The host is reached by IPv4, but not by IPv6: ${error.message}`,
    hint: 'let the firewall pass IPv6 to port 443, or switch IPv6 off on this network; clients that prefer it wait in vain',
    data: { code: error.code },
  };
}
