import { type ErrorEntry, EXIT } from './exit-codes.ts';
import { NETWORK_ERRORS } from './network-errors.ts';

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
  RECORDING_INVALID: {
    exit: EXIT.usage,
    message: 'The file is no recording that can be played back',
    hint: 'sf-handoff test-chat --record chat.jsonl',
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
  CHAT_LEFT_OPEN: {
    exit: EXIT.no,
    message: 'The chat could not be closed',
    hint: 'sf-handoff test-chat --cleanup, or end it in the agent console',
  },

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
  LIVE_CHAT_RETIRED: {
    exit: EXIT.refused,
    message: 'Salesforce no longer serves Live Chat here: it was retired on 14 February 2026',
    hint: 'move to Enhanced Chat (MIAW): sf-handoff guide miaw',
    step: 'miaw.1',
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
  API_VERSION_MISMATCH: {
    exit: EXIT.refused,
    message: 'Salesforce takes the token for one of another version of the API',
    hint: 'use a deployment of type Custom Client (API version 2), and the Base URL of its Code Snippet',
    step: 'miaw.1',
  },
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

  ...NETWORK_ERRORS,

  INTERNAL: {
    exit: EXIT.internal,
    message: 'sf-handoff made a mistake',
    hint: 'run it again with --verbose and report what it prints',
  },
  INTERRUPTED: { exit: EXIT.interrupted, message: 'Interrupted', hint: 'run it again when you like' },
  TERMINATED: { exit: EXIT.terminated, message: 'Terminated', hint: 'run it again when you like' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
