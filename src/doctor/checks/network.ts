import { isIP } from 'node:net';
import type { Check, CheckOutcome } from '../../core/check.ts';
import { FIELD_LABELS } from '../../core/config.ts';
import { formatDuration } from '../../core/duration.ts';
import { type ErrorCode, HandoffError } from '../../core/errors.ts';
import type { HttpResponse } from '../../core/http.ts';
import { assertService } from '../front-door.ts';
import type { Probe } from '../probe.ts';
import { isPlainLoopback } from '../service-url.ts';
import { lookAtClock } from './clock.ts';
import { lookAtIpv6 } from './ipv6.ts';
import { dateOf } from './moments.ts';
import { BOTH, passed, skipped } from './outcomes.ts';

/** The ladder from the name to the first answer; each rung stands on the ones below it. */
export const NETWORK_CHECKS: readonly Check<Probe>[] = [
  {
    id: 'network.dns',
    title: 'Name',
    hint: 'check the host name',
    level: 'service',
    channels: BOTH,
    run: withUrl(async (probe) => {
      const { host, addresses, via } = await probe.resolved();
      return passed(nameDetail(host, addresses, via), { host, addresses, ...(via && { via }) });
    }),
  },
  {
    id: 'network.tcp',
    title: 'TCP',
    hint: 'check host, port and firewall',
    level: 'service',
    channels: BOTH,
    needs: ['network.dns'],
    run: withUrl(async (probe) => {
      const { address, port, via } = await probe.connected();
      const place = `${address.includes(':') ? `[${address}]` : address}:${port}`;
      return passed(via ? `${place}, by ${via}` : place, { address, port, ...(via && { via }) });
    }),
  },
  {
    id: 'network.ipv6',
    title: 'IPv6',
    hint: 'check the IPv6 address of the host and the firewall',
    level: 'service',
    channels: BOTH,
    needs: ['network.dns', 'network.tcp'],
    run: withUrl(lookAtIpv6),
  },
  {
    id: 'network.tls',
    title: 'TLS',
    hint: 'check that the port speaks https',
    level: 'service',
    channels: BOTH,
    needs: ['network.dns', 'network.tcp'],
    run: withUrl(async (probe, url) => {
      if (isPlainLoopback(url)) return skipped('plain http on loopback: a simulator');
      const { protocol, issuer, validTo } = await probe.handshaken();
      const until = dateOf(validTo)?.toISOString();
      const validity = until === undefined ? [] : [`valid until ${until.slice(0, 10)}`];
      const data = { protocol, issuer, ...(until === undefined ? {} : { validTo: until }) };
      return passed([protocol, ...validity, issuer].join(', '), data);
    }),
  },
  {
    id: 'network.http',
    title: 'HTTP',
    hint: 'check the host',
    level: 'service',
    channels: BOTH,
    needs: ['network.dns', 'network.tcp', 'network.tls'],
    run: withUrl(async (probe) => {
      const askedAt = probe.clock.now();
      const response = await probe.answered();
      const latencyMs = probe.clock.now() - askedAt;
      await assertAnswered(response, probe);
      const data = { httpStatus: response.status, latencyMs };
      return passed(`answers after ${formatDuration(latencyMs)}, status ${response.status}`, data);
    }),
  },
  {
    id: 'network.clock',
    title: 'Clock',
    hint: 'set this computer’s clock right',
    level: 'service',
    channels: BOTH,
    needs: ['network.http'],
    run: withUrl(async (probe) => lookAtClock((await probe.answered()).headers.date, probe.clock.now())),
  },
];

/**
 * The front door of MIAW is no more than a convenience: where it fails and the same host gives tokens, or refuses one as only the
 * service does, the failure is told of the deployment alone.
 */
async function assertAnswered(response: HttpResponse, probe: Probe): Promise<void> {
  try {
    assertService(response, probe.validation);
  } catch (thrown) {
    if (probe.validation.channel !== 'miaw' || !(await isServiceByToken(probe, response.status))) throw thrown;
  }
}

async function isServiceByToken(probe: Probe, status: number): Promise<boolean> {
  try {
    await probe.token();
    return true;
  } catch (refusal) {
    // A login page refuses a token as well.
    const isFailing = status >= 500;
    return isFailing && refusal instanceof HandoffError && BY_THE_SERVICE.includes(refusal.code);
  }
}

/** What nobody but the service refuses a token for. */
const BY_THE_SERVICE: readonly ErrorCode[] = [
  'DEPLOYMENT_NOT_PUBLISHED',
  'DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT',
  'DEPLOYMENT_UNKNOWN',
  'USER_VERIFICATION_ON',
  'ORG_MISMATCH',
  'RATE_LIMITED',
];

function nameDetail(host: string, addresses: readonly string[], via: string | undefined): string {
  if (via) return `${host}, by ${via}`;
  if (addresses.length === 1 && addresses[0] === host) return `${host}, no name to look up`;
  const kinds = [4, 6].filter((kind) => addresses.some((address) => isIP(address) === kind));
  const families = kinds.map((kind) => `IPv${kind}`).join(' and ');
  const found = addresses.length === 1 ? addresses[0] : `${addresses.length} addresses`;
  return `${host} → ${found}${families === '' ? '' : `, ${families}`}`;
}

function withUrl(look: (probe: Probe, url: string) => Promise<CheckOutcome>): (probe: Probe) => Promise<CheckOutcome> {
  return async (probe) => {
    if (probe.url !== null) return look(probe, probe.url);
    const label = FIELD_LABELS[probe.validation.channel === 'miaw' ? 'baseUrl' : 'liveAgentUrl'];
    return skipped(`not asked, because there is no usable ${label}`);
  };
}
