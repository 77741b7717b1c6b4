import { because, type Causes } from './cause.ts';

const UNREACHED = 'The bot cannot connect at all, or connects to something that is no chat service.';

/** The Live Agent URL. */
export const LIVE_AGENT_URL_CAUSES: Causes = {
  LIVE_AGENT_PATH_COMPLETED: because(
    'The Live Agent URL was given without /chat.',
    'Kore.ai wants https://<host>/chat.',
    'Enter it with /chat at its end.',
    'live-chat.2',
  ),
  LIVE_AGENT_PATH_ADDED: because(
    'The base URL of messaging was given as Live Agent URL.',
    'Without /chat it belongs to MIAW; some orgs serve Live Chat there too.',
    'Ask the service: sf-handoff doctor. If Enhanced Chat is meant, use --channel miaw.',
    'live-chat.2',
  ),
  LIVE_AGENT_URL_CANDIDATE: because(
    'Another address of the org was given as Live Agent URL.',
    'The org’s messaging host serves Live Chat in some orgs, so it is tried.',
    'Copy the first argument of liveagent.init from the Deployment Code.',
    'live-chat.2',
  ),
  LIVE_AGENT_HOST_UNUSUAL: because(
    'The host does not start with d.',
    'Most Live Agent hosts do.',
    'Ask the service: sf-handoff doctor, or copy the Deployment Code again.',
    'live-chat.2',
  ),
  MESSAGING_URL_AS_LIVE_AGENT_URL: because(
    UNREACHED,
    'The path is one of messaging (MIAW), not of Live Chat.',
    'Use --channel miaw, or copy the first argument of liveagent.init.',
    'live-chat.2',
  ),
  CONTENT_HOST: because(
    UNREACHED,
    'The host starts with c., which serves scripts; chats are served by the one with d.',
    'Ask the service about the d. host: sf-handoff doctor.',
    'live-chat.2',
  ),
  CONTENT_PATH: because(
    UNREACHED,
    'An address with /content serves scripts.',
    'Enter the address with /chat.',
    'live-chat.2',
  ),
  POD_MISSING: because(
    UNREACHED,
    'The host lacks the part that names the server, such as d.la1-c1-ph2.',
    'Copy the first argument of liveagent.init.',
    'live-chat.2',
  ),
  SITEFORCE_HOST: because(
    'The host is of a form that no public page shows.',
    'It may be right in your org.',
    'Ask the service: sf-handoff doctor.',
    'live-chat.2',
  ),
  SAMPLE_HOST: because(
    UNREACHED,
    'The host is the sample of Salesforce’s documentation.',
    'Copy the first argument of liveagent.init from your own org.',
    'live-chat.2',
  ),
  LIVE_AGENT_DOMAIN_TYPO: because(
    'The bot cannot reach the service.',
    'The domain is a slip of the finger away from salesforceliveagent.com.',
    'Copy the Live Agent URL from the deployment code, or from Setup › Chat Settings.',
    'live-chat.2',
  ),
};
