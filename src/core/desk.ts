import type { Channel } from './events.ts';

/** One chat on the desk of a person who plays the agent. `number` is what the person calls it by. */
export interface DeskChat {
  readonly number: number;
  readonly channel: Channel;
  readonly state: 'ringing' | 'here' | 'away' | 'handed-over' | 'declined' | 'over';
}

/** What a desk tells the person at it. */
export type DeskEvent = { readonly at: number } & (
  | { readonly type: 'ringing'; readonly chat: DeskChat }
  | { readonly type: 'visitor'; readonly chat: DeskChat; readonly text: string }
  | { readonly type: 'agent'; readonly chat: DeskChat; readonly name: string; readonly text: string }
  | { readonly type: 'note'; readonly chat?: DeskChat; readonly text: string }
  | { readonly type: 'over'; readonly chat: DeskChat; readonly by: 'you' | 'visitor' }
  | { readonly type: 'chats'; readonly chats: readonly DeskChat[]; readonly current?: number }
  | { readonly type: 'help'; readonly lines: readonly (readonly [command: string, text: string])[] }
);

/** A DeskEvent before it has a time. */
export type DeskNews = DeskEvent extends infer E ? (E extends DeskEvent ? Omit<E, 'at'> : never) : never;
