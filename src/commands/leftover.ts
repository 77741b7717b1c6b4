import type { Context } from '../context.ts';
import type { LeftoverKeeper } from '../core/leftover.ts';

/**
 * Remembers an open chat in the state folder, and by its id for whoever has to leave at once. Where the folder cannot be
 * written the chat goes on, and a note says so.
 */
export async function keepLeftover(context: Context): Promise<LeftoverKeeper> {
  const leftovers = await context.leftovers();
  const keeper = leftovers.keeper((error) =>
    context.io.note([[{ text: `${error.message}; ${error.hint}`, tone: 'warn' }]]),
  );
  let id: string | undefined;
  return {
    keep(leftover) {
      id = leftover.conversationId;
      context.openChats.add(id);
      return keeper.keep(leftover);
    },
    forget() {
      if (id !== undefined) context.openChats.delete(id);
      return keeper.forget();
    },
  };
}
