import { because, type Causes } from './cause.ts';

const CANNOT = 'The bot, or this computer, cannot reach the service.';

/** The way to the service, and answers that no right service gives. */
export const NETWORK_CAUSES: Causes = {
  NAME_NOT_FOUND: because(
    CANNOT,
    'The name server says that the host does not exist (network.dns).',
    'Compare the My Domain name with Setup › My Domain. After a renaming or a sandbox refresh the host is another.',
    'miaw.2',
  ),
  NAME_LOOKUP_FAILED: because(
    CANNOT,
    'The name server did not answer at all, so nothing is known about the host.',
    'Check the network connection and DNS; behind a proxy, set HTTPS_PROXY.',
    'miaw.2',
  ),
  CONNECTION_REFUSED: because(
    CANNOT,
    'The host answered that nothing listens at that port (network.tcp).',
    'Check host and port; for a simulator, start it: sf-handoff simulate.',
    'miaw.2',
  ),
  CONNECTION_LOST: because(
    'Requests break off.',
    'The connection was closed before the answer was complete.',
    'Try again; if it repeats, ask who runs the firewall or proxy.',
  ),
  NETWORK_UNREACHABLE: because(
    CANNOT,
    'The operating system knows no way to the address.',
    'Check the network connection, the VPN, and IPv6 if the address is one.',
    'miaw.2',
  ),
  TIMED_OUT: because(
    CANNOT,
    'Nothing came back within the limit; the message says what was being waited for.',
    'Try again with more time: --timeout 30s. A firewall that swallows packets looks like this.',
    'miaw.2',
  ),
  STREAM_SILENT: because(
    'Agents’ messages never appear although the chat was opened.',
    'The event stream was opened, and not even a heartbeat came through it.',
    'A proxy that buffers or inspects is the usual cause: allow port 443 to the host without either.',
    'miaw.capabilities',
  ),
  TLS_CERT_EXPIRED: because(
    CANNOT,
    'The certificate is not valid at this computer’s time (network.tls).',
    'Set the clock right; if it is, the certificate is of something in between.',
  ),
  TLS_CERT_NOT_YET_VALID: because(
    CANNOT,
    'The certificate begins to be valid later than this computer’s time (network.tls).',
    'Set the clock right (automatic time); if it is, the certificate is of something in between.',
  ),
  TLS_WRONG_HOST: because(
    CANNOT,
    'The certificate is for another host.',
    'Check the host name; a proxy or a sign-on page may be answering in its place.',
    'miaw.2',
  ),
  TLS_UNTRUSTED: because(
    CANNOT,
    'The certificate’s issuer is unknown to this computer; the message names it.',
    'If a company proxy inspects the traffic, pass its certificate: --ca-file company.pem.',
  ),
  TLS_INSPECTED: because(
    CANNOT,
    'The certificate was made by a proxy or its software, which the message names, and this computer does not trust it.',
    'Pass the root certificate of the proxy: --ca-file company.pem. The bot platform has to reach the host without the proxy.',
  ),
  TLS_TOO_OLD: because(
    CANNOT,
    'The other side refused every version of TLS that is still in use (network.tls).',
    'Salesforce speaks TLS 1.2 and newer: look for a proxy or firewall in between, and check the host.',
  ),
  CLOCK_WRONG: because(
    'Tokens and certificates count as expired, or as not valid yet.',
    'The Date header of the service differs from this computer’s clock by more than two minutes (network.clock).',
    'Switch automatic time on. Where the clock is right, a proxy or cache in between tells the wrong time.',
  ),
  IPV6_UNREACHABLE: because(
    'Some clients wait for seconds before they connect, or do not connect at all.',
    'The host has addresses of both kinds and answers by IPv4 only (network.ipv6).',
    'Let the firewall pass IPv6 to port 443, or switch IPv6 off on this network.',
  ),
  TLS_FAILED: because(
    CANNOT,
    'No secure connection came about: another protocol, or one that is too old.',
    'Check that the port speaks https, and that a proxy allows TLS 1.2 or newer.',
    'miaw.2',
  ),
  PROXY_FAILED: because(
    CANNOT,
    'The proxy refused, asked for a login, or failed; the message names it.',
    'Check HTTPS_PROXY and NO_PROXY, and whether the proxy allows the host.',
  ),
  REDIRECTED: because(
    CANNOT,
    'The host sends elsewhere instead of answering (network.http).',
    'A login or a network sign-on page is in the way: check host and network.',
    'miaw.2',
  ),
  NOT_THE_SERVICE: because(
    CANNOT,
    'A web page or something else came where the service should answer.',
    'Check the host; a proxy or a sign-on page may be answering in its place.',
    'miaw.2',
  ),
  NOT_FOUND: because(
    CANNOT,
    'The host answers 404 to everything, the event stream included: it exists, but has no such service. The hint names the messaging host where it follows from this one.',
    'Use the URL of the Code Snippet (MIAW) or the Deployment Code (Live Chat), not the login address.',
    'miaw.2',
  ),
  ANSWER_TOO_LARGE: because(
    CANNOT,
    'The answer is larger than 5 MB, which no right one is.',
    'Check the host: it is not the chat service.',
    'miaw.2',
  ),
  SERVICE_ERROR: because(
    'Chats fail now and worked before.',
    'The service answers with a status of 500 or above. A warning, where only an answer that no bot needs fails so (service.deployment, service.settings).',
    'Try again in a minute, or let doctor wait: --wait 10m. status.salesforce.com shows outages.',
  ),
};
