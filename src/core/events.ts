/** The two ways a bot platform hands a conversation to a Salesforce agent. */
export type Channel = 'live-chat' | 'miaw';

export type ParticipantRole = 'agent' | 'bot' | 'supervisor' | 'visitor' | 'system';

/** Somebody in the chat. `id` is the service's subject or user id, `name` what the visitor should see. */
export interface Participant {
  readonly id?: string;
  readonly name?: string;
  readonly role: ParticipantRole;
}

/** What kind of content a message carries; `text` of the event is always a readable plain form of it. */
export type MessageFormat =
  | 'text'
  | 'rich-link'
  | 'attachments'
  | 'media'
  | 'links'
  | 'web-view'
  | 'choices'
  | 'choices-response'
  | 'form'
  | 'form-response'
  | 'form-result'
  | 'file-request'
  | 'other';

/** One thing a visitor may pick; `id` is what goes back to the service. */
export interface MessageOption {
  readonly id: string;
  readonly title: string;
}

export interface MessageAttachment {
  readonly name: string;
  readonly mimeType?: string;
  readonly url?: string;
}

/** One question of a form message; `options` only where the answer is a choice. */
export interface FormInput {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly required: boolean;
  readonly maxLength?: number;
  readonly options?: readonly MessageOption[];
}

export type SessionState = 'active' | 'inactive' | 'ended' | 'waiting';
export type EndedBy = 'agent' | 'visitor' | 'system';
type ReceiptState = 'delivered' | 'read';

export type MessageEvent = {
  readonly type: 'message';
  readonly id: string;
  readonly from: Participant;
  readonly text: string;
  readonly format: MessageFormat;
  /** Present where the service sent a configured standard response by itself. */
  readonly automated?: true;
  readonly options?: readonly MessageOption[];
  readonly attachments?: readonly MessageAttachment[];
  readonly inputs?: readonly FormInput[];
};

/**
 * Everything a chat can tell, for both channels. Members and fields follow the event table of the public interface;
 * `typing.text` carries progress notes and streamed words of a bot that is still writing.
 */
export type AgentEventBody =
  | { readonly type: 'connecting'; readonly channel: Channel; readonly host: string }
  | { readonly type: 'started'; readonly channel: Channel; readonly conversationId: string }
  | { readonly type: 'queued'; readonly position?: number; readonly estimatedWaitSeconds?: number }
  | { readonly type: 'joined' | 'left'; readonly participant: Participant }
  | MessageEvent
  | { readonly type: 'sent'; readonly id: string; readonly text: string }
  | { readonly type: 'receipt'; readonly messageId: string; readonly state: ReceiptState; readonly by?: Participant }
  | { readonly type: 'typing'; readonly participant: Participant; readonly active: boolean; readonly text?: string }
  | { readonly type: 'transferred'; readonly state: 'requested' | 'completed' | 'failed'; readonly to?: string }
  | { readonly type: 'session'; readonly state: SessionState }
  | { readonly type: 'rejected'; readonly reason: string; readonly code: string }
  | { readonly type: 'reconnecting'; readonly attempt: number; readonly delayMs: number; readonly reason: string }
  | { readonly type: 'reconnected'; readonly resumedFrom?: string }
  | { readonly type: 'ended'; readonly by: EndedBy; readonly reason?: string }
  | { readonly type: 'error'; readonly error: ErrorShape }
  | { readonly type: 'unknown'; readonly wireType: string; readonly raw: unknown };

export interface ErrorShape {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly step?: string;
}

/** An event and the moment it was read, in epoch milliseconds. */
export type AgentEvent = { readonly at: number } & AgentEventBody;
