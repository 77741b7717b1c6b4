import { because, type Causes } from './cause.ts';

/** What the service says about org, deployment, channel and button. */
export const SERVICE_CAUSES: Causes = {
  DEPLOYMENT_NOT_PUBLISHED: because(
    'Token or configuration is refused though every name is right.',
    'The service answers 412: the configuration is not published.',
    'Open the deployment in Setup, click Publish, stay on the page, wait up to ten minutes: doctor --wait 10m.',
    'miaw.1',
  ),
  DEPLOYMENT_TYPE_NOT_CUSTOM_CLIENT: because(
    'The token is refused, and the answer speaks of the type api.',
    'The published configuration names another type, web or mobile.',
    'The type cannot be changed: create a deployment of type Custom Client on the same channel.',
    'miaw.1',
  ),
  DEPLOYMENT_UNKNOWN: because(
    'The token is refused with a 400 that says nothing.',
    'The service does not know the name in this org, and has an event stream: a host without one is not the service (NOT_FOUND).',
    'Take DeveloperName from the deployment’s Code Snippet, not from the channel or its label; capitals matter.',
    'miaw.2',
  ),
  USER_VERIFICATION_ON: because(
    'The token is refused, or every visitor counts as unverified.',
    'The channel’s mode is Auth: it demands verified users, and a bot hands over guests.',
    'Switch User Verification off on the channel and publish again.',
    'miaw.1',
  ),
  ORG_MISMATCH: because(
    'Everything is refused though each value looks right.',
    'The host says that the organization is another.',
    'Copy Organization ID and URL from the same org: production and sandbox differ in both.',
    'miaw.2',
  ),
  CHANNEL_INACTIVE: because(
    'The token works, and opening a conversation is refused.',
    'The service answers 428: the channel is not active.',
    'Activate the channel in Messaging Settings, then publish the deployment again.',
    'metadata.3',
  ),
  OUTSIDE_BUSINESS_HOURS: because(
    'Fine by day, dead by night.',
    'The published business hours are closed now by the service’s clock, or Salesforce refuses the conversation with that reason. Midnight to midnight counts as open all day.',
    'Check the hours and their time zone on the channel; also the org’s storage, which is refused alike.',
    'miaw.1',
  ),
  RATE_LIMITED: because(
    'Works by hand, fails under load.',
    'The service answers 429.',
    'Wait a few minutes; the limit for tokens is 200 per minute and org. doctor itself takes at most two.',
    'miaw.2',
  ),
  REQUEST_REJECTED: because(
    'A request is refused and the answer fits no known cause.',
    'The message carries what the service said. A warning, where only the settings are refused and an agent waits for the button (service.settings).',
    'Compare every value with Setup: sf-handoff validate. Then send the support bundle: sf-handoff doctor --bundle bundle.json.',
    'miaw.2',
  ),
  API_VERSION_MISMATCH: because(
    'Requests are refused though a token was given.',
    'The service answers 401 with the code 900020: the token belongs to another version of the API.',
    'Use a deployment of type Custom Client and the Base URL of its Code Snippet.',
    'miaw.1',
  ),
  DEPLOYMENT_NAME_CASE: because(
    'Salesforce refuses the Developer Name though it looks right.',
    'The published configuration spells the deployment with other capitals (service.deployment).',
    'Copy the Developer Name from the Code Snippet, capitals included.',
    'miaw.2',
  ),
  ATTACHMENTS_OFF: because(
    'A file that a customer sends is refused.',
    'The published configuration says that customers may send no files (service.features).',
    'Switch it on in Messaging Settings, then publish the deployment again.',
    'miaw.capabilities',
  ),
  READ_RECEIPTS_OFF: because(
    'Nobody sees what has been read.',
    'The published configuration has read receipts switched off (service.features).',
    'Switch it on in Messaging Settings, then publish the deployment again.',
    'miaw.capabilities',
  ),
  DELIVERY_RECEIPTS_OFF: because(
    'Nobody sees what has arrived.',
    'The published configuration has delivery receipts switched off (service.features).',
    'Switch it on in Messaging Settings, then publish the deployment again.',
    'miaw.capabilities',
  ),
  TYPING_OFF: because(
    'Nobody sees the other side write.',
    'The published configuration has typing indicators switched off (service.features).',
    'Switch it on in Messaging Settings, then publish the deployment again.',
    'miaw.capabilities',
  ),
  TERMS_REQUIRED: because(
    'Conversations wait for a consent that nobody gives.',
    'The published configuration demands that terms and conditions are accepted (service.features).',
    'Switch Terms and Conditions off on the deployment and publish again: behind a bot there is nobody to tick the box.',
    'miaw.1',
  ),
  ACCESS_DENIED: because(
    'Requests are refused though the token was given.',
    'The service answers 401 or 403.',
    'A proxy may take the Authorization header away; else the deployment or its rights have changed: publish again.',
    'miaw.capabilities',
  ),
  TOKEN_EXPIRED: because(
    'Messages stop after some time.',
    'The service answers 401: the token has expired. In doctor it had just been given (service.token, stream.open).',
    'Start a new chat; a client has to renew the token before its end. Where fresh tokens have expired already, raise the lifetime of guest tokens on the channel.',
    'miaw.capabilities',
  ),
  TOKEN_EXPIRES_SOON: because(
    'Chats break off after a minute or less.',
    'The token’s own end is less than a minute away by the service’s clock, and the event stream still takes it (service.token).',
    'Set this computer’s clock right; if it is, raise the lifetime of guest tokens on the channel.',
    'miaw.capabilities',
  ),
  FILE_REFUSED: because(
    'A file of the visitor does not arrive.',
    'The service answers 413 or 415.',
    'At most 5 MB, of an allowed type; switch attachments on in the deployment and publish.',
    'miaw.capabilities',
  ),
  LIVE_CHAT_RETIRED: because(
    'Live Chat is right, yet nothing works, or will stop working.',
    'Salesforce retired Live Chat on 14 February 2026.',
    'Move to Enhanced Chat: sf-handoff guide miaw.',
    'miaw.1',
  ),
  BUTTON_UNKNOWN: because(
    'No agents are ever available though they are online.',
    'The deployment’s settings do not list the button, and availability says nothing about it; or the service says so in words, which the message quotes.',
    'Copy organization, deployment and button ID from the same org, and check that the button is active.',
    'live-chat.5',
  ),
  SERVER_MOVED: because(
    'Live Chat worked before and fails since a migration or a sandbox refresh.',
    'The service answers with a new server address.',
    'Enter the new Live Agent URL, which the message names.',
    'live-chat.2',
  ),
  VISITOR_BLOCKED: because(
    'Every chat is refused at once.',
    'The service says that the visitor’s address is blocked.',
    'Remove the rule in Setup › IP Blocking Rules: all of a bot’s visitors share one address.',
    'live-chat.verify',
  ),
};
