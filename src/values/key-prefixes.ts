/** What a record ID's first three characters say it belongs to. */
export interface KeyPrefix {
  /** Name of the object in Salesforce's API. */
  readonly object: string;
  /** What an administrator calls it, with its article. */
  readonly what: string;
}

/** The key prefixes that turn up around an agent handoff. */
export const KEY_PREFIXES: Readonly<Record<string, KeyPrefix>> = {
  '00D': { object: 'Organization', what: 'an organization' },
  '572': { object: 'LiveChatDeployment', what: 'a Live Chat deployment' },
  '573': { object: 'LiveChatButton', what: 'a chat button' },
  '571': { object: 'LiveChatVisitor', what: 'a Live Chat visitor' },
  '570': { object: 'LiveChatTranscript', what: 'a Live Chat transcript' },
  '0C6': { object: 'LiveChatUserConfig', what: 'a Chat Agent Configuration' },
  '0HK': { object: 'LiveAgentSession', what: 'a Live Agent session' },
  '0C5': { object: 'Skill', what: 'a skill' },
  '04I': { object: 'EmbeddedServiceConfig', what: 'an Embedded Service Deployment' },
  '08h': { object: 'EmbeddedServiceLiveAgent', what: 'an Embedded Chat setting' },
  '0Lq': { object: 'EmbeddedServiceDetail', what: 'an Embedded Service detail' },
  '0Mj': { object: 'MessagingChannel', what: 'a messaging channel' },
  '0gL': { object: 'MessagingChannelUsage', what: 'a messaging channel usage' },
  '0Mw': { object: 'MessagingSession', what: 'a messaging session' },
  '0PA': { object: 'MessagingEndUser', what: 'a messaging end user' },
  '0dw': { object: 'Conversation', what: 'a conversation' },
  '0ec': { object: 'ConversationParticipant', what: 'a conversation participant' },
  '0Zy': { object: 'ConversationEntry', what: 'a conversation entry' },
  '00G': { object: 'Group', what: 'a queue or public group' },
  '03g': { object: 'QueueSobject', what: 'a queue’s supported object' },
  '011': { object: 'GroupMember', what: 'a queue or group membership' },
  '0N9': { object: 'ServiceChannel', what: 'an Omni-Channel service channel' },
  '0K9': { object: 'QueueRoutingConfig', what: 'a routing configuration' },
  '0Nd': { object: 'PresenceUserConfig', what: 'a presence configuration' },
  '0N5': { object: 'ServicePresenceStatus', what: 'a presence status' },
  '0R1': { object: 'UserServicePresence', what: 'an agent’s presence' },
  '0Bz': { object: 'AgentWork', what: 'a piece of agent work' },
  '0JR': { object: 'PendingServiceRouting', what: 'work waiting to be routed' },
  '300': { object: 'FlowDefinition', what: 'a flow' },
  '301': { object: 'Flow', what: 'a flow version' },
  '3dd': { object: 'FlowDefinitionView', what: 'a flow' },
  '005': { object: 'User', what: 'a user' },
  '00e': { object: 'Profile', what: 'a user profile' },
  '0PS': { object: 'PermissionSet', what: 'a permission set' },
  '0PL': { object: 'PermissionSetLicense', what: 'a permission set licence' },
  '0Pa': { object: 'PermissionSetAssignment', what: 'a permission set assignment' },
  '0DM': { object: 'Site', what: 'a site' },
  '0DB': { object: 'Network', what: 'an Experience Cloud site' },
  '0Xx': { object: 'BotDefinition', what: 'a bot' },
  '0GO': { object: 'LiveChatSensitiveDataRule', what: 'a sensitive data rule' },
  '00N': { object: 'CustomField', what: 'a custom field' },
  '01m': { object: 'BusinessHours', what: 'business hours' },
  '074': { object: 'CorsWhitelistEntry', what: 'a CORS entry' },
  '500': { object: 'Case', what: 'a case' },
  '003': { object: 'Contact', what: 'a contact' },
};

/** The entry for an ID's prefix, also where letter case was lost on the way and only one entry can be meant. */
export function prefixOf(id: string): KeyPrefix | undefined {
  const prefix = id.slice(0, 3);
  if (Object.hasOwn(KEY_PREFIXES, prefix)) return KEY_PREFIXES[prefix];
  const folded = Object.keys(KEY_PREFIXES).filter((known) => known.toLowerCase() === prefix.toLowerCase());
  return folded.length === 1 ? KEY_PREFIXES[folded[0] ?? ''] : undefined;
}

/** Whether the text is built like a record ID of an object in the table. */
export function isKnownId(text: string): boolean {
  return /^(?:[0-9A-Za-z]{15}|[0-9A-Za-z]{18})$/.test(text) && prefixOf(text) !== undefined;
}
