/** The last several thousand entries of a conversation, to know one that comes again. */
export interface Seen {
  /** True where one of this type and id was met before; either way it is known from now on. */
  meet(wireType: string, id: string): boolean;
}

const MOST = 2500;

export function createSeen(): Seen {
  // Two halves, of which the older is forgotten as a whole: taking the oldest out of one set grows slow.
  let recent = new Map<string, Set<string>>();
  let older = new Map<string, Set<string>>();
  let size = 0;
  return {
    meet(wireType, id) {
      if (recent.get(wireType)?.has(id) || older.get(wireType)?.has(id)) return true;
      if (size >= MOST) {
        [older, recent] = [recent, new Map()];
        size = 0;
      }
      const ids = recent.get(wireType) ?? new Set<string>();
      recent.set(wireType, ids.add(id));
      size += 1;
      return false;
    },
  };
}
