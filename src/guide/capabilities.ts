import type { GuideEntry } from './entry.ts';

/** What else MIAW brings, and how to see each of it happen. */
export const CAPABILITIES: readonly GuideEntry[] = [
  {
    id: 'miaw.capabilities',
    title: 'Additional capabilities, and how to try them',
    track: 'miaw',
    where: 'Salesforce: Setup › Messaging Settings › <channel>; Kore.ai: App Settings › Integrations › Agent Transfer',
    do: [
      'Start a chat that stays open: sf-handoff test-chat --within 10m. Its last lines tell which capabilities were seen.',
      'Agent name: let an agent accept; “joined” shows the name that customers will see.',
      'Joins and exits: let the agent leave the conversation to a second one; “joined” and “left” appear, the chat goes on.',
      'Transfer: let the agent transfer to a queue; watch “transferred requested”, then “completed” or “failed”. The chat must not end in between.',
      'Conference: let the agent add a colleague; two agents are “joined” at once.',
      'Session continuity: cut the network for half a minute; “reconnecting” and “reconnected” follow and no message is lost or doubled.',
      'Read receipts: write a message, let the agent look at it; the line gets its “read” mark.',
      'Ending: let the agent end the chat; watch “session ended”, then “ended” by the agent. It comes as a status of the session, not as the close of the conversation. Prove it by --expect ended:agent.',
      'Inactivity: set a short inactive time on the channel, say nothing, and watch “session inactive”, then “ended”. Prove it by --expect session:inactive.',
      'Standard responses: add auto-responses (wait, agent joined, closed) on the channel; they arrive marked “standard response”.',
      'Stop word: add an opt-out keyword on the channel (Messaging Settings › <channel> › Messaging Keywords), or set miawMetaInfo.endChatShortHandCommand in the bot and publish; write the word in the chat and watch “session ended”.',
      'Conversation id: print context.session.BotUserSession.agentHandoffMeta.conversationId in a Message node; it equals the id that test-chat prints.',
      'Files: send one with sf-handoff test-chat --file <path>.',
    ],
    values: [
      'context.session.BotUserSession.agentHandoffMeta.conversationId: the conversation’s UUID, there once the transfer has begun',
    ],
    notes: [
      'Everything arrives over one long-lived stream: allow port 443 to the base URL’s host without TLS inspection and without a proxy that buffers; idle connections need at least 75 minutes, better 90.',
      'Attachments and transcripts are switches in Messaging Settings: publish the deployment again after changing one. sf-handoff doctor --only service.features tells what is served.',
      'Files: one at a time, at most 5 MB or the smaller limit set on the channel, and of an allowed type.',
      'The stop word ends the session, not the conversation: the customer’s next message can open a new session on it.',
      'Auto-responses, inactivity and queue position live on the channel in Messaging Settings, not in the deployment.',
      'An access token lasts some hours; a conversation that goes on longer must renew it, not ask for a new guest.',
    ],
  },
];
