import type { LiveChatConfig, MiawConfig } from './config.ts';

/** What it takes to close an open chat from another process. `accessToken` and `sessionKey` are secrets. */
export type Leftover =
  | {
      readonly channel: 'miaw';
      readonly conversationId: string;
      readonly config: Pick<MiawConfig, 'orgId' | 'baseUrl' | 'developerName'>;
      readonly accessToken: string;
    }
  | {
      readonly channel: 'live-chat';
      readonly conversationId: string;
      readonly config: Pick<LiveChatConfig, 'liveAgentUrl'>;
      readonly sessionKey: string;
      readonly affinity: string;
    };

/** Remembers one open chat beyond the life of the process; neither call ever rejects. */
export interface LeftoverKeeper {
  /** Before the chat is opened, and again whenever what is needed to close it has changed. */
  keep(leftover: Leftover): Promise<void>;
  /** Nothing is open any more. */
  forget(): Promise<void>;
}
