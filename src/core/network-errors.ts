import { type ErrorEntry, EXIT } from './exit-codes.ts';

/** Failures on the way to the service, and answers that no right service gives. */
export const NETWORK_ERRORS = {
  NAME_NOT_FOUND: {
    exit: EXIT.unreachable,
    message: 'The host name does not resolve',
    hint: 'is the My Domain name right? Setup › My Domain shows it',
    step: 'miaw.2',
  },
  NAME_LOOKUP_FAILED: {
    exit: EXIT.unreachable,
    message: 'The name server did not answer',
    hint: 'check the network connection and DNS',
    step: 'miaw.2',
  },
  CONNECTION_REFUSED: {
    exit: EXIT.unreachable,
    message: 'Nothing is listening at that address',
    hint: 'check host and port',
    step: 'miaw.2',
  },
  CONNECTION_LOST: {
    exit: EXIT.unreachable,
    message: 'The connection broke off',
    hint: 'try again; if it repeats, ask who runs the firewall or proxy',
  },
  NETWORK_UNREACHABLE: {
    exit: EXIT.unreachable,
    message: 'The network cannot be reached',
    hint: 'check the network connection',
    step: 'miaw.2',
  },
  TIMED_OUT: {
    exit: EXIT.unreachable,
    message: 'No answer in time',
    hint: 'try again with more time: --timeout 30s',
    step: 'miaw.2',
  },
  STREAM_SILENT: {
    exit: EXIT.unreachable,
    message: 'The event stream went silent',
    hint: 'a proxy that buffers or cuts long connections is the usual cause: allow port 443 without inspection',
    step: 'miaw.capabilities',
  },
  TLS_CERT_EXPIRED: {
    exit: EXIT.unreachable,
    message: 'The certificate has expired',
    hint: 'is this computer’s clock right?',
  },
  TLS_CERT_NOT_YET_VALID: {
    exit: EXIT.unreachable,
    message: 'The certificate is not valid yet',
    hint: 'set this computer’s clock right; if it is right, tell who runs the server',
  },
  TLS_WRONG_HOST: {
    exit: EXIT.unreachable,
    message: 'The certificate belongs to another host',
    hint: 'check the host name',
    step: 'miaw.2',
  },
  TLS_UNTRUSTED: {
    exit: EXIT.unreachable,
    message: 'The certificate’s issuer is not trusted',
    hint: 'a company proxy may be inspecting the traffic: pass its certificate with --ca-file',
  },
  TLS_INSPECTED: {
    exit: EXIT.unreachable,
    message: 'A proxy in between inspects the traffic: the certificate is its own',
    hint: 'pass the root certificate of the proxy with --ca-file, or ask who runs it to leave this host alone',
  },
  TLS_TOO_OLD: {
    exit: EXIT.unreachable,
    message: 'The other side speaks only an outdated version of TLS',
    hint: 'Salesforce speaks TLS 1.2 and newer: look for a proxy or firewall in between, and check the host',
  },
  TLS_FAILED: {
    exit: EXIT.unreachable,
    message: 'No secure connection could be made',
    hint: 'check that the port speaks https',
    step: 'miaw.2',
  },
  PROXY_FAILED: {
    exit: EXIT.unreachable,
    message: 'The proxy refused or failed',
    hint: 'check HTTPS_PROXY and NO_PROXY',
  },
  REDIRECTED: {
    exit: EXIT.unreachable,
    message: 'The host redirects elsewhere instead of answering',
    hint: 'a login page or a network sign-on page is in the way; check the host and the network',
    step: 'miaw.2',
  },
  NOT_THE_SERVICE: {
    exit: EXIT.unreachable,
    message: 'Something else than the chat service answered',
    hint: 'check the host; a proxy or a sign-on page may be answering in its place',
    step: 'miaw.2',
  },
  ANSWER_TOO_LARGE: {
    exit: EXIT.unreachable,
    message: 'The answer is larger than any right one',
    hint: 'check the host',
    step: 'miaw.2',
  },
  SERVICE_ERROR: {
    exit: EXIT.unreachable,
    message: 'Salesforce failed to answer',
    hint: 'try again in a minute; status.salesforce.com shows outages',
  },
  SERVER_MOVED: {
    exit: EXIT.unreachable,
    message: 'The org has moved to another Live Agent server',
    hint: 'enter the new Live Agent URL',
    step: 'live-chat.2',
  },
  NEVER_ROUTED: {
    exit: EXIT.unreachable,
    message: 'The host opened a chat but never routed it: an old or foreign server',
    hint: 'compare the Live Agent URL with Setup › Chat Settings',
    step: 'live-chat.2',
  },
} as const satisfies Record<string, ErrorEntry>;
