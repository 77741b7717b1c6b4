import type { MessageEvent } from '../core/events.ts';
import type { ChatRequestFailReason, IdleTimeout, LiveChatMessage } from '../protocol/live-chat.ts';

/** An agent or bot with the ids the wire gives it: a user id on most messages, a UUID on typing. */
export interface Speaker {
  readonly name: string;
  readonly userId: string;
  readonly typingId: string;
  readonly bot: boolean;
}

const NOWHERE = {
  organization: 'Loopback Networks',
  city: 'Lyon',
  region: 'ARA',
  countryCode: 'FR',
  countryName: 'France',
  latitude: 45.75,
  longitude: 4.85,
};

const CONNECTION_TIMEOUT_MS = 150_000;

interface RequestFacts {
  readonly visitorId: string;
  readonly position: number;
  /** Seconds, -1 where unknown. */
  readonly estimatedWaitSeconds: number;
  readonly details: readonly unknown[];
}

export function chatRequestSuccess(facts: RequestFacts): LiveChatMessage {
  return {
    type: 'ChatRequestSuccess',
    message: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      estimatedWaitTime: facts.estimatedWaitSeconds,
      queuePosition: facts.position,
      visitorId: facts.visitorId,
      transcriptSaveEnabled: false,
      url: '',
      sensitiveDataRules: [],
      customDetails: facts.details,
      geoLocation: NOWHERE,
    },
  };
}

export function chatRequestFail(reason: ChatRequestFailReason): LiveChatMessage {
  return { type: 'ChatRequestFail', message: { reason, attachedRecords: [] } };
}

export function queueUpdate(position: number, estimatedWaitSeconds: number): LiveChatMessage {
  return { type: 'QueueUpdate', message: { position, estimatedWaitTime: estimatedWaitSeconds } };
}

/** A bot comes with the entries of its footer menu, a human with none. */
export function chatEstablished(speaker: Speaker, idle: IdleTimeout): LiveChatMessage {
  const items = speaker.bot ? [{ id: '0', text: 'Talk to an agent', value: 'agent', dialogId: 'transfer' }] : [];
  const { name, userId } = speaker;
  return {
    type: 'ChatEstablished',
    message: { name, userId, items, sneakPeekEnabled: false, chasitorIdleTimeout: idle },
  };
}

export function chatTransferred(speaker: Speaker, idle: IdleTimeout): LiveChatMessage {
  const { name, userId, bot } = speaker;
  return {
    type: 'ChatTransferred',
    message: { name, userId, sneakPeekEnabled: false, chasitorIdleTimeout: idle, isTransferToBot: bot },
  };
}

export function chatMessage(speaker: Speaker, text: string): LiveChatMessage {
  const { name, userId } = speaker;
  return {
    type: 'ChatMessage',
    message: { text, name, schedule: { responseDelayMilliseconds: 0 }, agentId: userId },
  };
}

/** Choices of a bot; the visitor answers with the index of one. */
export function richMessage(event: MessageEvent): LiveChatMessage {
  const items = (event.options ?? []).map((option) => ({ text: option.title, value: option.id }));
  return { type: 'RichMessage', message: { type: 'ChatWindowMenu', header: event.text, items } };
}

export function agentTyping(speaker: Speaker, active: boolean): LiveChatMessage {
  const { name, typingId } = speaker;
  return { type: active ? 'AgentTyping' : 'AgentNotTyping', message: { name, agentId: typingId } };
}

export function conference(kind: 'AgentJoinedConference' | 'AgentLeftConference', speaker: Speaker): LiveChatMessage {
  return { type: kind, message: { name: speaker.name } };
}

export function resumedAfterTransfer(speaker: Speaker): LiveChatMessage {
  return { type: 'ChatResumedAfterTransfer', message: { name: speaker.name } };
}

/** The agent asks for one file, to be sent to the upload servlet together with `fileToken`. */
export function fileRequested(baseUrl: string, fileToken: string): LiveChatMessage {
  const servlet = `${baseUrl}/services/liveagent`;
  return {
    type: 'FileTransfer',
    message: { type: 'Requested', uploadServletUrl: `${servlet}/file`, cdmServletUrl: `${servlet}/cdm`, fileToken },
  };
}

export function fileOutcome(outcome: 'Success' | 'Failure'): LiveChatMessage {
  return { type: 'FileTransfer', message: { type: outcome } };
}

export function chatEnded(reason: string): LiveChatMessage {
  return { type: 'ChatEnded', message: { reason, attachedRecords: ['5008Z00001aVd6e'] } };
}

export interface TranscriptLine {
  readonly type: 'Agent' | 'Chasitor' | 'OperatorTransferred';
  readonly name: string;
  readonly content: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

/** What a visitor gets first after a reconnect: everything said so far. */
export function sessionData(transcript: readonly TranscriptLine[]): LiveChatMessage {
  const chatMessages = transcript.map((line, index) => ({ ...line, sequence: index + 1 }));
  return {
    type: 'ChasitorSessionData',
    message: {
      queuePosition: 0,
      url: '',
      oref: '',
      postChatUrl: '',
      sneakPeekEnabled: false,
      geoLocation: NOWHERE,
      chatMessages,
    },
  };
}
