import type { GuideEntry } from './entry.ts';

const RETIRED =
  'Salesforce retired Live Chat on 14 February 2026. Where it still answers it does so without any promise; a success today says nothing about tomorrow. Move to Enhanced Chat: sf-handoff guide miaw.';
const CLASSIC_ONLY =
  'The vendor’s menu paths exist in Salesforce Classic only. In Lightning, type the last word of the path into Quick Find; where it is not found, choose Switch to Salesforce Classic in the profile menu.';

/** Live Chat, the legacy channel: where its four values come from. */
export const LIVE_CHAT: readonly GuideEntry[] = [
  {
    id: 'live-chat.1',
    title: 'Set up a Live Chat agent',
    track: 'live-chat',
    where: 'Salesforce Classic: Setup › Customize › Chat › Chat Settings and Chat Agent Configurations',
    do: [
      'Open Chat Settings and tick Enable Chat.',
      'Open Chat Agent Configurations and click New.',
      'Enter a name and a description, and add the agents or their profiles.',
      'Leave agents free to decline chats, unless routing is push-only.',
      'Click Save.',
    ],
    notes: [
      RETIRED,
      CLASSIC_ONLY,
      'The agents need a skill (Live Agent routing) or a queue with a routing configuration (Omni-Channel routing) that the chat button uses as well.',
      'Standard Omni-Channel was retired in Summer ’26. In an org left on it agents cannot go online at all, and the chat stays unavailable whatever the values are.',
    ],
  },
  {
    id: 'live-chat.2',
    title: 'Live Agent URL',
    track: 'live-chat',
    where: 'Salesforce Classic: Setup › Customize › Chat › Deployments › <deployment> › Deployment Code',
    do: [
      'Open the deployment that the bot will use, or create one with New.',
      'Find liveagent.init(…) in the box Deployment Code.',
      'Copy its first argument: the address in quotes.',
      'Or paste the whole code: sf-handoff init, or sf-handoff validate --from <file>.',
    ],
    values: [
      'Live Agent URL: https://d.<server>.salesforceliveagent.com/chat, or https://<my-domain>.my.salesforce-scrt.com/chat',
    ],
    notes: [
      CLASSIC_ONLY,
      'Take the address that begins with d., not the content address that begins with c.',
      'Not the login page, not the My Domain address, not a site address. Without /rest and without a slash at the end.',
      'An org can move to another server after an instance refresh, a migration or a sandbox refresh. Then the old address answers with the new one, or opens chats that nobody gets: copy the code again.',
    ],
  },
  {
    id: 'live-chat.3',
    title: 'Organization ID',
    track: 'live-chat',
    where:
      'Salesforce Classic: Setup › Administer › Company Profile › Company Information (Lightning: Quick Find “Company Information”)',
    do: ['Find the field Salesforce.com Organization ID.', 'Copy it.'],
    values: ['Organization ID: 15 or 18 letters and digits that begin with 00D'],
    notes: [
      'Enter the 15-character form at Kore.ai: the first 15 of 18. Capitals matter; do not let a spreadsheet or a chat program change them.',
      'The same id is the third argument of liveagent.init(…) in the deployment code.',
    ],
  },
  {
    id: 'live-chat.4',
    title: 'Deployment ID',
    track: 'live-chat',
    where: 'Salesforce Classic: Setup › Customize › Chat › Deployments › <deployment> › Deployment Code',
    do: ['Find liveagent.init(…) in the box Deployment Code.', 'Copy its second argument.'],
    values: ['Deployment ID: 15 characters that begin with 572'],
    notes: [
      'A deployment with Permitted Domains answers browsers on those pages only: to a bot every agent seems to be away. Use a deployment of its own, without such a list.',
      CLASSIC_ONLY,
    ],
  },
  {
    id: 'live-chat.5',
    title: 'Button ID',
    track: 'live-chat',
    where: 'Salesforce Classic: Setup › Customize › Chat › Chat Buttons & Automated Invitations › <button>',
    do: [
      'Open the button, and check that it is active and routes to the skill or queue of your agents.',
      'Copy the id from the button code, where liveagent.showWhenOnline(…) names it.',
      'Or copy what stands behind the last slash of the page’s address, without a question mark and what follows it.',
    ],
    values: ['Button ID: 15 characters that begin with 573'],
    notes: [
      'The vendor’s page looks for this id in the deployment code; it stands in the button code and in the address of the button’s page.',
      'Deployment (572) and button (573) look alike: swapped, they make every agent seem to be away.',
    ],
  },
  {
    id: 'live-chat.6',
    title: 'Enable Salesforce in Kore.ai (Live Chat)',
    track: 'live-chat',
    where: 'Kore.ai: App Settings › Integrations › Agent Transfer › Chat › Salesforce › Configurations',
    do: [
      'Choose Live Chat (Legacy).',
      'Enter Live Agent URL, Organization ID, Deployment ID and Button ID as sf-handoff validate prints them.',
      'Where several agent systems are set up, switch Default Agent System on if Salesforce shall take every channel.',
      'Click Manage and map the channels.',
      'Click Done, then Save.',
      'Publish the app.',
    ],
    notes: [
      'Default Agent System is shown only where more than one agent system is configured.',
      'Saving is not enough: customers get the new values with the next publish.',
      RETIRED,
    ],
  },
  {
    id: 'live-chat.verify',
    title: 'Verify Live Chat',
    track: 'live-chat',
    where: 'Salesforce: App Launcher › the console app with chat; Kore.ai: Talk to Bot',
    do: [
      'Check the values and the service: sf-handoff doctor.',
      'As an agent, open the console app (in Classic: Apps › Live Agent) and go online with a status that serves chat.',
      'Ring the agent without the bot: sf-handoff test-chat.',
      'In Kore.ai, add an Agent Transfer node to a task such as “Talk to Live Agent” and choose Salesforce in it.',
      'Click Talk to Bot and ask for help until the transfer happens.',
      'Accept the chat in the console, write one message each way, and end it.',
    ],
    notes: [
      'The address of the console differs between orgs; ask the administrator where it is hidden.',
      'One IP blocking rule can refuse everybody: all customers of a bot share the platform’s addresses. Look in Setup › IP Blocking Rules.',
      'Dialog nodes behind the Agent Transfer node do not run: the dialog ends there.',
    ],
  },
];
