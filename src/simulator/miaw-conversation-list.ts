import type { Answer } from './miaw-answer.ts';
import { authorize } from './miaw-checks.ts';
import { isWithin, limitOf } from './miaw-query.ts';
import { type Conversation, type MiawState, type Subject, subjectOf } from './miaw-state.ts';
import type { ReceivedRequest } from './world.ts';

/** The subject's conversations, oldest first; closed ones are counted, and shown only on demand. */
export function listConversations(state: MiawState, request: ReceivedRequest): Answer {
  const who = authorize(state, request);
  if ('refusal' in who) return who.refusal;
  const query = request.url.searchParams;
  const fitting = fittingConversations(subjectOf(state, who.token.subject), query);
  const open = fitting.filter((conversation) => conversation.endedAt === null);
  const shown = query.get('inclClosedConvs') === 'true' ? fitting : open;
  return {
    status: 200,
    json: {
      openConversationsFound: open.length,
      closedConversationsFound: fitting.length - open.length,
      conversations: shown.slice(0, limitOf(query)).map(({ id, startedAt, endedAt }) => ({
        conversationId: id,
        startTimestamp: startedAt,
        endTimestamp: endedAt,
      })),
    },
  };
}

function fittingConversations(subject: Subject, query: URLSearchParams): readonly Conversation[] {
  const id = query.get('conversationId');
  return [...subject.conversations.values()]
    .filter((conversation) => id === null || conversation.id === id)
    .filter((conversation) => isWithin(query, conversation.startedAt))
    .sort((a, b) => a.startedAt - b.startedAt);
}
