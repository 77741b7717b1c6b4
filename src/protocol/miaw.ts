/**
 * Messaging for In-App and Web, API version 2 ("Enhanced Chat API"): paths, headers and body shapes as they stand on the wire.
 * Vendor pages: "Enhanced Chat API" in the Salesforce developer documentation. Optional members are those that not every
 * server sends; `null` and absent mean the same.
 */

export const MIAW_PATHS = {
  guestToken: '/iamessage/api/v2/authorization/unauthenticated/access-token',
  verifiedToken: '/iamessage/api/v2/authorization/authenticated/access-token',
  continuationToken: '/iamessage/api/v2/authorization/continuation-access-token',
  conversation: '/iamessage/api/v2/conversation',
  conversationList: '/iamessage/api/v2/conversation/list',
  stream: '/eventrouter/v1/sse',
  deploymentConfig: '/embeddedservice/v1/embedded-service-config',
  businessHours: '/embeddedservice/v1/businesshours',
} as const;

/** Below `/iamessage/api/v2/conversation/{id}`. */
export const CONVERSATION_PATHS = {
  entries: '/entries',
  message: '/message',
  file: '/file',
  entry: '/entry',
  acknowledge: '/acknowledge-entries',
  session: '/session',
  transcript: '/transcript',
} as const;

export const MIAW_HEADERS = { orgId: 'X-Org-Id', lastEventId: 'Last-Event-Id' } as const;

export const SSE_EVENTS = {
  ping: 'ping',
  message: 'CONVERSATION_MESSAGE',
  routingResult: 'CONVERSATION_ROUTING_RESULT',
  routingWorkResult: 'CONVERSATION_ROUTING_WORK_RESULT',
  participantChanged: 'CONVERSATION_PARTICIPANT_CHANGED',
  sessionStatusChanged: 'CONVERSATION_SESSION_STATUS_CHANGED',
  queuePosition: 'CONVERSATION_QUEUE_POSITION',
  typingStarted: 'CONVERSATION_TYPING_STARTED_INDICATOR',
  typingStopped: 'CONVERSATION_TYPING_STOPPED_INDICATOR',
  delivered: 'CONVERSATION_DELIVERY_ACKNOWLEDGEMENT',
  read: 'CONVERSATION_READ_ACKNOWLEDGEMENT',
  progress: 'CONVERSATION_PROGRESS_INDICATOR',
  streamingToken: 'CONVERSATION_STREAMING_TOKEN',
  closed: 'CONVERSATION_CLOSE_CONVERSATION',
  consent: 'CONVERSATION_END_USER_CONSENT_UPDATED',
  clientAction: 'CONVERSATION_CLIENT_ACTION',
  clientMenu: 'CONVERSATION_CLIENT_MENU',
} as const;

export type Role = 'EndUser' | 'Agent' | 'Chatbot' | 'System' | 'Router' | 'Supervisor';
export type RoutingStatus = 'INITIAL' | 'ROUTED' | 'NEEDS_ROUTING' | 'TRANSFER';
export type SessionStatus = 'New' | 'Waiting' | 'Consent' | 'Active' | 'Inactive' | 'Paused' | 'Ended' | 'Error';
export type RoutingType = 'Initial' | 'Transfer' | 'Conference';
export type RoutingFailureType = 'None' | 'Unknown' | 'SubmissionError' | 'RoutingError' | 'Cancelled';
export type RoutingWorkType =
  | 'Assigned'
  | 'Accepted'
  | 'Cancelled'
  | 'Closed'
  | 'Declined'
  | 'TransferError'
  | 'Transferred';

/** Body of the guest token call ("generateAccessTokenForUnauthenticatedUser"). */
export interface TokenRequest {
  readonly orgId: string;
  readonly esDeveloperName: string;
  readonly capabilitiesVersion: string;
  readonly platform: 'Web' | 'Mobile';
  readonly context?: { readonly appName: string; readonly clientVersion: string };
  readonly deviceId?: string;
}

/** One field of the published pre-chat form; `name` is the key in `routingAttributes`, case-exact. */
export interface PreChatField {
  readonly name: string;
  readonly order?: number;
  readonly type?: string;
  readonly required?: boolean;
  readonly isRequired?: boolean;
  readonly maxLength?: number;
  readonly isHidden?: boolean;
  readonly choiceListId?: string | null;
}

interface PreChatForm {
  readonly formType?: string;
  readonly displayContext?: string;
  readonly formFields?: readonly PreChatField[];
  readonly hiddenFormFields?: readonly PreChatField[];
}

interface ChoiceList {
  readonly choiceListId: string;
  readonly choiceListValues?: readonly {
    readonly order?: number;
    readonly choiceListValueName: string;
    readonly choiceListValueId: string;
    readonly isDefaultValue?: boolean;
  }[];
}

/** The published deployment, from the token answer or from the configuration endpoint. */
export interface EmbeddedServiceConfig {
  readonly name?: string;
  readonly deploymentType?: string;
  readonly embeddedServiceMessagingChannel?: {
    readonly channelAddressIdentifier?: string;
    readonly authMode?: string;
    readonly shouldShowReadReceipts?: boolean;
    readonly shouldShowTypingIndicators?: boolean;
  };
  readonly forms?: readonly PreChatForm[];
  readonly choiceListConfig?: { readonly choiceList?: readonly ChoiceList[] };
  readonly attachments?: { readonly endUserToAgent?: boolean; readonly maxFileSize?: number };
  readonly transcript?: { readonly allowTranscriptDownload?: boolean };
  readonly termsAndConditions?: {
    readonly isTermsAndConditionsEnabled?: boolean;
    readonly isTermsAndConditionsRequired?: boolean;
    readonly label?: string | null;
  };
}

/** Body of POST `/conversation`. `conversationId` is a lower-case UUID v4 made by the client. */
export interface CreateConversationRequest {
  readonly conversationId: string;
  readonly esDeveloperName: string;
  readonly routingAttributes?: Readonly<Record<string, string>>;
  readonly language?: string;
}

/** Body of POST `/conversation/{id}/message`. */
export interface SendMessageRequest {
  readonly message: {
    readonly id: string;
    readonly messageType: 'StaticContentMessage' | 'ChoicesResponseMessage' | 'FormResponseMessage';
    readonly inReplyToMessageId?: string;
    readonly staticContent?: { readonly formatType: 'Text'; readonly text: string };
    readonly choicesResponse?: unknown;
    readonly formResponse?: unknown;
  };
  readonly esDeveloperName: string;
  readonly isNewMessagingSession?: boolean;
  readonly routingAttributes?: Readonly<Record<string, string>>;
  readonly language?: string;
}

/** Part `messageEntry` of POST `/conversation/{id}/file`; the bytes are the part `fileData`. `text` is a caption or empty. */
export interface SendFileRequest extends Omit<SendMessageRequest, 'message'> {
  readonly message: {
    readonly id: string;
    readonly fileId: string;
    readonly text: string;
    readonly inReplyToMessageId?: string;
  };
}

/** Body of POST `/conversation/{id}/entry`. */
export interface TypingRequest {
  readonly entryType: 'TypingStartedIndicator' | 'TypingStoppedIndicator';
  readonly id: string;
}

/** Body of POST `/conversation/{id}/acknowledge-entries`. */
export interface AcknowledgeRequest {
  readonly acks: readonly {
    readonly id: string;
    readonly entryType: 'Delivery' | 'Read';
    readonly conversationEntryId: string;
  }[];
}

export interface WireParticipant {
  readonly role?: string;
  readonly appType?: string;
  readonly subject?: string;
  readonly clientIdentifier?: string;
}

/** `entryPayload` is JSON inside a string on the stream, and an object in the entries answer of some servers. */
export interface ConversationEntry {
  readonly identifier: string;
  readonly entryType: string;
  readonly entryPayload: unknown;
  readonly sender?: WireParticipant;
  readonly senderDisplayName?: string;
  readonly transcriptedTimestamp?: number;
  readonly clientTimestamp?: number;
  readonly clientDuration?: number;
  readonly relatedRecords?: readonly string[];
  readonly contextParamMap?: Readonly<Record<string, unknown>>;
  readonly visibilityStrategy?: string;
}

/** The `data:` of every stream event but `ping`. */
export interface SseEnvelope {
  readonly channelPlatformKey?: string;
  readonly channelType?: string;
  readonly channelAddressIdentifier?: string;
  readonly conversationId: string;
  readonly conversationEntry: ConversationEntry;
}
