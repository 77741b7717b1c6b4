import type { ErrorShape } from './events.ts';
import type { GuideStep } from './guide-step.ts';

/** Exit codes of the program; see the public interface. */
export const EXIT = {
  ok: 0,
  no: 1,
  usage: 2,
  refused: 3,
  unreachable: 4,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

interface ErrorEntry {
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint: string;
  readonly step?: GuideStep;
}

/** Every failure the program knows by name: what it means, what to do next, and the exit code it leads to. */
export const ERRORS = {
  UNKNOWN_OPTION: { exit: EXIT.usage, message: 'There is no such option', hint: 'sf-handoff --help' },
  UNKNOWN_COMMAND: { exit: EXIT.usage, message: 'There is no such command', hint: 'sf-handoff --help' },
  INVALID_ARGUMENT: { exit: EXIT.usage, message: 'An argument cannot be used as given', hint: 'sf-handoff --help' },
  MISSING_VALUE: {
    exit: EXIT.usage,
    message: 'A value is missing and nobody is there to ask',
    hint: 'sf-handoff init',
  },
  FILE_UNREADABLE: {
    exit: EXIT.usage,
    message: 'A file could not be read',
    hint: 'check the path and the rights of the file',
  },
  FILE_UNWRITABLE: {
    exit: EXIT.usage,
    message: 'A file could not be written',
    hint: 'check the path and the rights of the folder',
  },
  CONFIG_INVALID: {
    exit: EXIT.usage,
    message: 'The configuration file is not what it should be',
    hint: 'sf-handoff init',
  },
  PROFILE_NOT_FOUND: { exit: EXIT.usage, message: 'There is no such profile', hint: 'sf-handoff profile list' },
  PROFILE_EXISTS: { exit: EXIT.usage, message: 'A profile of that name exists already', hint: 'choose another name' },
  PROFILES_UNREADABLE: {
    exit: EXIT.usage,
    message: 'The stored profiles cannot be read',
    hint: 'sf-handoff profile path',
  },
  PORT_IN_USE: { exit: EXIT.usage, message: 'The port is already in use', hint: 'sf-handoff simulate --port 0' },

  VALUES_INVALID: { exit: EXIT.no, message: 'A value will not work', hint: 'sf-handoff validate' },
  BASE_URL_DOMAIN_SLIP: {
    exit: EXIT.no,
    message: 'The host ends in salesforce-srct.com, a slip in the vendor’s guide; nothing is ever sent there',
    hint: 'use the same host with salesforce-scrt.com',
    step: 'metadata.1',
  },
  NO_AGENT_AVAILABLE: {
    exit: EXIT.no,
    message: 'No agent took the chat',
    hint: 'is an agent online in Omni-Channel, in the right queue, with free capacity?',
    step: 'miaw.1',
  },
  OUTSIDE_BUSINESS_HOURS: {
    exit: EXIT.no,
    message: 'Salesforce refuses new conversations at this hour, or the org’s storage is full',
    hint: 'check the business hours and their time zone on the channel, and the org’s storage page',
    step: 'miaw.1',
  },
  EXPECTATION_NOT_MET: {
    exit: EXIT.no,
    message: 'Something expected did not happen',
    hint: 'sf-handoff test-chat --within 5m',
  },
  MESSAGE_NOT_CONFIRMED: {
    exit: EXIT.no,
    message: 'A message was sent but never confirmed',
    hint: 'sf-handoff doctor',
  },
  CHAT_ENDED_EARLY: {
    exit: EXIT.no,
    message: 'The chat ended before everything expected had happened',
    hint: 'sf-handoff test-chat --verbose',
  },
  SESSION_LOST: { exit: EXIT.no, message: 'The chat was lost and could not be resumed', hint: 'sf-handoff doctor' },
  CHAT_LEFT_OPEN: { exit: EXIT.no, message: 'The chat could not be closed', hint: 'end it in the agent console' },

  DEPLOYMENT_NOT_PUBLISHED: {
    exit: EXIT.refused,
    message: 'The deployment is not published',
    hint: 'open the deployment in Setup, click Publish, wait up to ten minutes',
    step: 'miaw.1',
  },
  DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT: {
    exit: EXIT.refused,
    message: 'The deployment is not of type Custom Client',
    hint: 'create a new deployment of type Custom Client on the same channel and use its API name',
    step: 'miaw.1',
  },
  USER_VERIFICATION_ON: {
    exit: EXIT.refused,
    message: 'The channel demands verified users, a bot hands over guests',
    hint: 'switch User Verification off on the channel and publish the deployment again',
    step: 'miaw.1',
  },
  DEPLOYMENT_UNKNOWN: {
    exit: EXIT.refused,
    message: 'Salesforce does not know this deployment name in this org',
    hint: 'take the Developer Name from the deployment’s Code Snippet, not from the channel; capitals matter',
    step: 'miaw.2',
  },
  ORG_MISMATCH: {
    exit: EXIT.refused,
    message: 'The organization ID does not belong to this host',
    hint: 'copy organization ID and URL from the same org',
    step: 'miaw.2',
  },
  CHANNEL_INACTIVE: {
    exit: EXIT.refused,
    message: 'The messaging channel is not active',
    hint: 'activate the channel in Messaging Settings, then publish the deployment again',
    step: 'metadata.3',
  },
  PRE_CHAT_REJECTED: {
    exit: EXIT.refused,
    message: 'Salesforce refused the pre-chat values',
    hint: 'compare names, lengths and required fields with the published form',
    step: 'metadata.4',
  },
  REQUEST_REJECTED: { exit: EXIT.refused, message: 'Salesforce refused the request', hint: 'sf-handoff doctor' },
  ACCESS_DENIED: { exit: EXIT.refused, message: 'Salesforce denied access', hint: 'sf-handoff doctor' },
  TOKEN_EXPIRED: { exit: EXIT.refused, message: 'The access token is no longer valid', hint: 'start a new test chat' },
  RATE_LIMITED: {
    exit: EXIT.refused,
    message: 'Salesforce limits the rate of requests',
    hint: 'wait a few minutes; the limit for tokens is 200 per minute and org',
    step: 'miaw.2',
  },
  VISITOR_BLOCKED: {
    exit: EXIT.refused,
    message: 'Salesforce blocks this visitor’s address',
    hint: 'remove the rule in Setup › IP Blocking Rules; a bot platform shares one address among all visitors',
    step: 'live-chat.verify',
  },
  FILE_REFUSED: {
    exit: EXIT.refused,
    message: 'Salesforce refused the file',
    hint: 'at most 5 MB, of an allowed type, and attachments must be switched on and published',
    step: 'miaw.capabilities',
  },
  NOT_FOUND: {
    exit: EXIT.refused,
    message: 'The host answers, but has no such service',
    hint: 'use the URL from the Code Snippet (MIAW) or the deployment code (Live Chat), not the login address',
    step: 'miaw.2',
  },

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
  },
  CONNECTION_REFUSED: {
    exit: EXIT.unreachable,
    message: 'Nothing is listening at that address',
    hint: 'check host and port',
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
  },
  TIMED_OUT: { exit: EXIT.unreachable, message: 'No answer in time', hint: 'try again with more time: --timeout 30s' },
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
  TLS_FAILED: {
    exit: EXIT.unreachable,
    message: 'No secure connection could be made',
    hint: 'check that the port speaks https',
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

  INTERNAL: {
    exit: EXIT.internal,
    message: 'sf-handoff made a mistake',
    hint: 'run it again with --verbose and report what it prints',
  },
  INTERRUPTED: { exit: EXIT.interrupted, message: 'Interrupted', hint: 'run it again when you like' },
  TERMINATED: { exit: EXIT.terminated, message: 'Terminated', hint: 'run it again when you like' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

interface ErrorParts {
  readonly message?: string;
  readonly hint?: string;
  readonly step?: GuideStep;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The one error of the program. Message, hint and step default to the table's; `details` are for programs and --verbose. */
export class HandoffError extends Error {
  override readonly name = 'HandoffError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly step: GuideStep | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, parts: ErrorParts = {}) {
    const entry: ErrorEntry = ERRORS[code];
    super(parts.message ?? entry.message, { cause: parts.cause });
    this.code = code;
    this.hint = parts.hint ?? entry.hint;
    this.step = parts.step ?? entry.step;
    this.details = parts.details;
  }

  get exitCode(): ExitCode {
    return ERRORS[this.code].exit;
  }

  toShape(): ErrorShape {
    const shape = { code: this.code, message: this.message, hint: this.hint };
    return this.step ? { ...shape, step: this.step } : shape;
  }
}

/** Any thrown thing as a HandoffError; what we did not foresee becomes INTERNAL with the original as its cause. */
export function asHandoffError(thrown: unknown): HandoffError {
  if (thrown instanceof HandoffError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HandoffError('INTERNAL', { message: `sf-handoff made a mistake: ${message}`, cause: thrown });
}
