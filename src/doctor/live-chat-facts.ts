import type { LiveChatConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import {
  type AvailabilityAnswer,
  askSettings,
  type Moved,
  openAndCloseSession,
  readAvailability,
  type SettingsAnswer,
} from '../transport/live-chat-visitor.ts';
import type { Fact, ProbeOptions } from './probe.ts';

export interface LiveChatFacts {
  availability(): Promise<AvailabilityAnswer | Moved>;
  settings(): Promise<SettingsAnswer | Moved>;
  /** A session without a chat, deleted again. */
  session(): Promise<{ readonly clientPollTimeoutSeconds: number }>;
}

/** `answered` is the answer of the front door, which tells the availability. */
export function askLiveChat(options: ProbeOptions, fact: Fact, answered: () => Promise<HttpResponse>): LiveChatFacts {
  const { http, secrets, timeoutMs } = options;
  const config = (): LiveChatConfig => {
    if (options.config?.channel === 'live-chat') return options.config;
    throw new HandoffError('MISSING_VALUE');
  };
  return {
    availability: fact(async () => readAvailability(await answered(), config())),
    settings: fact((_, signal) => askSettings(http, config(), signal, timeoutMs)),
    session: fact((_, signal) => openAndCloseSession(http, config(), secrets, signal, timeoutMs)),
  };
}
