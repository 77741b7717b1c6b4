import type { LiveChatConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import type { AvailabilityAnswer, Moved, SettingsAnswer } from '../transport/live-chat-visitor.ts';
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
  // Loaded when asked: the offline level never needs it.
  const visitor = () => import('../transport/live-chat-visitor.ts');
  return {
    availability: fact(async () => (await visitor()).readAvailability(await answered(), config())),
    settings: fact(async (_, signal) => (await visitor()).askSettings(http, config(), signal, timeoutMs)),
    session: fact(async (_, signal) =>
      (await visitor()).openAndCloseSession(http, config(), secrets, signal, timeoutMs),
    ),
  };
}
