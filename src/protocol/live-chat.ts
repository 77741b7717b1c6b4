/**
 * The legacy Chat REST API ("Live Agent REST API"): paths, headers and body shapes as they stand on the wire.
 * Vendor pages: "Chat REST API Developer Guide". Retired by Salesforce on 14 February 2026.
 */

/** Behind the Live Agent URL, which ends in `/chat`. */
export const LIVE_CHAT_PATHS = {
  sessionId: '/rest/System/SessionId',
  messages: '/rest/System/Messages',
  reconnect: '/rest/System/ReconnectSession',
  resyncSession: '/rest/System/ResyncSession',
  multiNoun: '/rest/System/MultiNoun',
  chasitorInit: '/rest/Chasitor/ChasitorInit',
  chatMessage: '/rest/Chasitor/ChatMessage',
  typing: '/rest/Chasitor/ChasitorTyping',
  notTyping: '/rest/Chasitor/ChasitorNotTyping',
  chatEnd: '/rest/Chasitor/ChatEnd',
  idleWarning: '/rest/Chasitor/ChasitorIdleTimeoutWarningEvent',
  resyncState: '/rest/Chasitor/ChasitorResyncState',
  richMessage: '/rest/Chasitor/RichMessage',
  availability: '/rest/Visitor/Availability',
  settings: '/rest/Visitor/Settings',
} as const;

export const LIVE_CHAT_HEADERS = {
  version: 'X-LIVEAGENT-API-VERSION',
  affinity: 'X-LIVEAGENT-AFFINITY',
  sessionKey: 'X-LIVEAGENT-SESSION-KEY',
  sequence: 'X-LIVEAGENT-SEQUENCE',
} as const;

/** The literal affinity of requests that have none yet. */
export const NO_AFFINITY = 'null';

export interface PreChatDetail {
  readonly label: string;
  readonly value: string;
  readonly transcriptFields: readonly string[];
  readonly displayToAgent: boolean;
  readonly entityMaps: readonly unknown[];
}

/** Body of `Chasitor/ChasitorInit`. */
export interface ChasitorInitRequest {
  readonly organizationId: string;
  readonly deploymentId: string;
  readonly buttonId: string;
  readonly sessionId: string;
  readonly userAgent: string;
  readonly language: string;
  readonly screenResolution: string;
  readonly visitorName: string;
  readonly prechatDetails: readonly PreChatDetail[];
  readonly prechatEntities: readonly unknown[];
  readonly buttonOverrides: readonly string[];
  readonly receiveQueueUpdates: boolean;
  readonly isPost: boolean;
}

/** One entry of a long-poll answer. */
export interface LiveChatMessage {
  readonly type: string;
  readonly message?: unknown;
}

/** 200 body of `System/Messages` and of every `Visitor/*` call. `sequence` is the index of the last message of the session so far. */
export interface MessagesResponse {
  readonly messages: readonly LiveChatMessage[];
  readonly sequence?: number;
  readonly offset?: number;
}

export interface AvailabilityResult {
  readonly id: string;
  /** Absent means no. */
  readonly isAvailable?: boolean;
  /** Seconds; -1 means unknown. */
  readonly estimatedWaitTime?: number;
}

export interface SettingsButton extends AvailabilityResult {
  readonly type?: string;
  readonly language?: string;
}

export type ChatRequestFailReason = 'Unavailable' | 'NoPost' | 'InternalFailure' | 'Blocked';

/** `chasitorIdleTimeout` of ChatEstablished; seconds. Some servers spell the field `chasitorIdletimeout`. */
export interface IdleTimeout {
  readonly isEnabled?: boolean;
  readonly warningTime?: number;
  readonly timeout?: number;
}
