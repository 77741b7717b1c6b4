import type { Clock, Random } from '../core/clock.ts';
import { createAffinity, createSession, createSessionKey, type LiveChatSession } from './live-chat-session.ts';

/** Every session of a running simulator, found by what a request carries. */
export interface Registry {
  open(faults: Iterable<string>): LiveChatSession;
  byAffinity(token: string): LiveChatSession | undefined;
  byKey(key: string): LiveChatSession | undefined;
  byId(id: string): LiveChatSession | undefined;
  /** Its affinity token is void from now on. */
  drop(session: LiveChatSession): void;
  /** Gives a session a new affinity token. */
  move(session: LiveChatSession): void;
  /** Gives a session a new key as well, as the older way to reconnect does. */
  rekey(session: LiveChatSession): void;
  /** A session has asked for a chat. */
  countChat(): void;
  chatCount(): number;
  all(): readonly LiveChatSession[];
}

/** Sessions that are over are remembered so that they are refused rightly, but not without limit. */
const MOST_REMEMBERED = 1000;

export function createRegistry(clock: Clock, random: Random): Registry {
  const byId = new Map<string, LiveChatSession>();
  const byKey = new Map<string, LiveChatSession>();
  const byAffinity = new Map<string, LiveChatSession>();
  let chats = 0;

  function add(session: LiveChatSession): void {
    byId.set(session.id, session);
    byKey.set(session.key, session);
    byAffinity.set(session.affinity, session);
  }
  function forgetOldest(): void {
    if (byId.size <= MOST_REMEMBERED) return;
    const oldest = [...byId.values()].find((session) => session.state === 'dead');
    if (!oldest) return;
    byId.delete(oldest.id);
    byKey.delete(oldest.key);
    byAffinity.delete(oldest.affinity);
  }
  function move(session: LiveChatSession): void {
    byAffinity.delete(session.affinity);
    session.affinity = createAffinity(random);
    session.dropped = false;
    add(session);
  }
  return {
    open(faults) {
      const session = createSession({ clock, random, faults });
      add(session);
      forgetOldest();
      return session;
    },
    byAffinity: (token) => byAffinity.get(token),
    byKey: (key) => byKey.get(key),
    byId: (id) => byId.get(id),
    drop(session) {
      byAffinity.delete(session.affinity);
      session.dropped = true;
      session.poll?.wake();
    },
    move,
    rekey(session) {
      byKey.delete(session.key);
      session.key = createSessionKey(session.id, clock, random);
      move(session);
    },
    countChat() {
      chats += 1;
    },
    chatCount: () => chats,
    all: () => [...byId.values()],
  };
}
