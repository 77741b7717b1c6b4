import type { Channel } from '../core/events.ts';
import { findNamed } from './find-named.ts';

/** A way to misbehave. Each holds from the start, or from the step of a scenario that names it. */
export interface Fault {
  readonly name: string;
  readonly title: string;
  readonly channels: readonly Channel[];
}

const BOTH: readonly Channel[] = ['live-chat', 'miaw'];
const LIVE_CHAT: readonly Channel[] = ['live-chat'];
const MIAW: readonly Channel[] = ['miaw'];

/** Every switch, in the order in which lists show them: any service, set-up, stream, content, legacy. */
export const FAULTS: readonly Fault[] = [
  { name: 'http-500', title: 'every request is answered 500', channels: BOTH },
  { name: 'html', title: 'a sign-on page answers in place of the service', channels: BOTH },
  { name: 'empty-error', title: 'every request is answered 400 without a body', channels: BOTH },
  { name: 'empty-404', title: 'another program answers 404 and an empty object to every request', channels: BOTH },
  { name: 'gzip', title: 'every answer is compressed, though nobody asked for it', channels: BOTH },
  { name: 'bad-gzip', title: 'every answer is said to be compressed, and is not', channels: BOTH },
  { name: 'slow', title: 'every answer takes three seconds', channels: BOTH },
  { name: 'rate-limit', title: 'too many requests: 429', channels: BOTH },
  { name: 'login-redirect', title: 'every request is redirected to a login page', channels: BOTH },
  { name: 'core-host', title: 'the org’s login host, which has none of the services', channels: BOTH },
  { name: 'clock-skew', title: 'the service’s clock is three hours ahead', channels: BOTH },
  { name: 'unknown-org', title: 'the organization is of another host', channels: BOTH },
  { name: 'unknown-deployment', title: 'the deployment is not known in this organization', channels: BOTH },
  { name: 'lost-send', title: 'messages are accepted, but the answer gets lost', channels: BOTH },
  { name: 'unknown-event', title: 'events of a kind that nobody knows yet', channels: BOTH },
  { name: 'stall-stream', title: 'the stream or poll never gets an answer', channels: BOTH },

  { name: 'unpublished', title: 'the deployment was never published', channels: MIAW },
  { name: 'wrong-type', title: 'the deployment is of type Web, not Custom Client', channels: MIAW },
  { name: 'channel-name', title: 'the name is that of the channel: 400 without a word', channels: MIAW },
  { name: 'wrong-capitals', title: 'the deployment is spelt with other capitals', channels: MIAW },
  { name: 'other-org-token', title: 'tokens are those of a sandbox of the organization', channels: MIAW },
  { name: 'org-header', title: 'the stream takes the organization of no token', channels: MIAW },
  { name: 'strict-schema', title: 'a field of the token request is not recognised', channels: MIAW },
  { name: 'attachments-off', title: 'files of customers are refused', channels: MIAW },
  { name: 'receipts-off', title: 'read receipts are switched off', channels: MIAW },
  { name: 'terms-required', title: 'terms and conditions have to be accepted', channels: MIAW },
  { name: 'field-missing', title: 'a pre-chat value has no field in the published form', channels: MIAW },
  { name: 'field-short', title: 'a pre-chat value is longer than its field', channels: MIAW },
  { name: 'field-required', title: 'the form requires a field that has no value', channels: MIAW },
  { name: 'form-once', title: 'a pre-chat value is passed on once per conversation only', channels: MIAW },
  { name: 'user-verification', title: 'the channel demands verified users', channels: MIAW },
  {
    name: 'silent-guest',
    title: 'the channel demands verified users, and a guest gets a token all the same',
    channels: MIAW,
  },
  { name: 'config-503', title: 'the published configuration cannot be had (503), all else works', channels: MIAW },
  { name: 'midnight-hours', title: 'business hours from midnight to midnight', channels: MIAW },
  { name: 'closed-hours', title: 'no conversation can be started at this hour', channels: MIAW },
  { name: 'channel-inactive', title: 'the messaging channel is not active', channels: MIAW },
  { name: 'strict-context', title: 'a token request without context is refused', channels: MIAW },
  { name: 'reject-attributes', title: 'unknown pre-chat names are refused instead of dropped', channels: MIAW },
  { name: 'form-per-session', title: 'the pre-chat form is asked for every session (417)', channels: MIAW },
  { name: 'foreign-token', title: 'tokens count as those of another API version (401)', channels: MIAW },
  { name: 'create-json', title: 'creating a conversation answers 200 with a body', channels: MIAW },
  { name: 'token-expires', title: 'tokens last five seconds', channels: MIAW },
  { name: 'token-expired', title: 'tokens have expired when they are given', channels: MIAW },

  { name: 'sse-401', title: 'the stream refuses every token', channels: MIAW },
  { name: 'silent-stream', title: 'the stream opens and stays silent, without a ping', channels: MIAW },
  { name: 'drop-stream', title: 'the stream breaks every few events, in mid-frame', channels: MIAW },
  { name: 'no-replay', title: 'a reopened stream starts from now', channels: MIAW },
  { name: 'duplicate-events', title: 'every event comes twice', channels: MIAW },
  { name: 'reordered-tokens', title: 'streamed words come in the wrong order', channels: MIAW },
  { name: 'odd-shapes', title: 'frames or messages of unexpected shape between the right ones', channels: BOTH },
  { name: 'payload-object', title: 'payloads on the stream are objects, not strings', channels: MIAW },
  { name: 'entries-string', title: 'payloads in the history are strings, not objects', channels: MIAW },
  { name: 'message-limit', title: 'more than 22 messages in a minute are refused (429)', channels: MIAW },
  { name: 'split-urls', title: 'a message that starts or ends with a link comes back as two', channels: MIAW },

  { name: 'retired', title: 'the legacy service has been switched off (403)', channels: LIVE_CHAT },
  { name: 'retired-404', title: 'the legacy service has been switched off (404)', channels: LIVE_CHAT },
  { name: 'retired-503', title: 'the legacy service has been switched off (503)', channels: LIVE_CHAT },
  { name: 'unknown-button', title: 'the button is not known to the deployment', channels: LIVE_CHAT },
  { name: 'settings-500', title: 'the settings fail (500), all else works', channels: LIVE_CHAT },
  { name: 'no-availability', title: 'the availability is answered with nothing (204)', channels: LIVE_CHAT },
  { name: 'error-answer', title: 'a refusal comes as an answer, with its reason in words', channels: LIVE_CHAT },
  { name: 'dead-session', title: 'every poll says that the session is gone (403)', channels: LIVE_CHAT },
  { name: 'never-routed', title: 'the server opens a chat and never routes it', channels: LIVE_CHAT },
  { name: 'switch-server', title: 'the organization has moved to another server', channels: LIVE_CHAT },
  { name: 'switch-loop', title: 'two servers refer to each other', channels: LIVE_CHAT },
  { name: 'drop-affinity', title: 'the session has to be reconnected in mid-chat (503)', channels: LIVE_CHAT },
  { name: 'poll-409', title: 'a poll is answered as out of sync', channels: LIVE_CHAT },
  { name: 'lost-poll', title: 'the answer to a poll gets lost', channels: LIVE_CHAT },
  { name: 'instant-204', title: 'empty polls are answered at once', channels: LIVE_CHAT },
  { name: 'typing-disorder', title: 'typing indicators come in the wrong order', channels: LIVE_CHAT },
];

/** Throws INVALID_ARGUMENT with the nearest names. */
export function findFault(name: string): Fault {
  return findNamed(FAULTS, name, 'fault');
}
