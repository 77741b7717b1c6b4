/** The last several thousand entries of a conversation, to know one that comes again. */
export interface Seen {
  /** True where the key was met before; either way it is known from now on. */
  meet(key: string): boolean;
}

const MOST = 2500;

export function createSeen(): Seen {
  // Two halves, of which the older is forgotten as a whole: taking the oldest out of one set grows slow.
  let recent = new Set<string>();
  let older = new Set<string>();
  return {
    meet(key) {
      if (recent.has(key) || older.has(key)) return true;
      if (recent.size >= MOST) [older, recent] = [recent, new Set()];
      recent.add(key);
      return false;
    },
  };
}
