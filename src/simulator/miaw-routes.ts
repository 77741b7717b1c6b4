import type { ServerResponse } from 'node:http';
import { CONVERSATION_PATHS, MIAW_PATHS } from '../protocol/miaw.ts';
import { type Answer, refuse, sendAnswer } from './miaw-answer.ts';
import { continueToken, linkLogin, mintGuest, mintVerified, revokeToken } from './miaw-authorization.ts';
import { listConversations } from './miaw-conversation-list.ts';
import { closeConversation, createConversation, endSession, showConversation } from './miaw-conversations.ts';
import { failureAnswer } from './miaw-failure.ts';
import { FILE_PATH, showFile, uploadFile } from './miaw-files.ts';
import { showEntries, showTranscript } from './miaw-history.ts';
import { sendMessage } from './miaw-messages.ts';
import { noteReceipts, noteTyping } from './miaw-notices.ts';
import { showBusinessHours, showConfig } from './miaw-public.ts';
import { createMiawState, type MiawState } from './miaw-state.ts';
import { answerStream } from './miaw-stream-route.ts';
import type { ReceivedRequest, SimulatedService, World } from './world.ts';

type Handle = (state: MiawState, request: ReceivedRequest, id: string) => Answer | Promise<Answer>;
type Route = Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', Handle>>>;

const ROOTS = ['/iamessage/', '/eventrouter/', '/embeddedservice/'];
const AUTH_LINK = '/iamessage/api/v2/authorization/authlink';

const FIXED: Readonly<Record<string, Route>> = {
  [MIAW_PATHS.guestToken]: { POST: mintGuest },
  [MIAW_PATHS.verifiedToken]: { POST: mintVerified, DELETE: revokeToken },
  [MIAW_PATHS.continuationToken]: { GET: continueToken },
  [AUTH_LINK]: { GET: linkLogin },
  [MIAW_PATHS.conversation]: { POST: createConversation },
  [MIAW_PATHS.conversationList]: { GET: listConversations },
  [MIAW_PATHS.deploymentConfig]: { GET: showConfig },
  [MIAW_PATHS.businessHours]: { GET: showBusinessHours },
};

/** Below one conversation; the empty path is the conversation itself. */
const OF_CONVERSATION: Readonly<Record<string, Route>> = {
  '': { GET: showConversation, DELETE: closeConversation },
  [CONVERSATION_PATHS.entries]: { GET: showEntries },
  [CONVERSATION_PATHS.message]: { POST: sendMessage },
  [CONVERSATION_PATHS.file]: { POST: uploadFile },
  [CONVERSATION_PATHS.entry]: { POST: noteTyping },
  [CONVERSATION_PATHS.acknowledge]: { POST: noteReceipts },
  [CONVERSATION_PATHS.session]: { DELETE: endSession },
  [CONVERSATION_PATHS.transcript]: { GET: showTranscript },
};

const FILE: Route = { GET: (state, _request, id) => showFile(state, id) };

/** Messaging for In-App and Web: REST, event stream, public configuration. */
export function createMiawService(world: World): SimulatedService {
  const state = createMiawState(world);
  return {
    channel: 'miaw',
    owns: (path) => ROOTS.some((root) => path.startsWith(root)),
    async handle(request, response) {
      const answer = await answerTo(state, request, response);
      if (answer !== 'streaming') sendAnswer(response, answer, request.path);
    },
    fail: (request, response, status) => sendAnswer(response, failureAnswer(world, request, status), request.path),
    chatCount: () => state.chatCount,
    openChats: () => conversationsOf(state).flatMap(({ id, session }) => (session ? [id] : [])),
    close() {
      for (const conversation of conversationsOf(state)) {
        conversation.session?.over.abort(world.signal.reason);
        conversation.session = undefined;
      }
    },
  };
}

function answerTo(
  state: MiawState,
  request: ReceivedRequest,
  response: ServerResponse,
): Answer | Promise<Answer> | 'streaming' {
  if (request.path === MIAW_PATHS.stream && request.method === 'GET') return answerStream(state, request, response);
  const { route, id } = findRoute(request.path);
  if (!route) return refuse(404, 'Not Found');
  const handle = Object.hasOwn(route, request.method) ? route[request.method as keyof Route] : undefined;
  if (handle) return handle(state, request, id);
  return { ...refuse(405, 'Method Not Allowed'), headers: { allow: Object.keys(route).join(', ') } };
}

function findRoute(path: string): { readonly route?: Route | undefined; readonly id: string } {
  if (path === MIAW_PATHS.stream) return { route: {}, id: '' };
  if (Object.hasOwn(FIXED, path)) return { route: FIXED[path], id: '' };
  if (path.startsWith(FILE_PATH)) return { route: FILE, id: decode(path.slice(FILE_PATH.length)) };
  if (!path.startsWith(`${MIAW_PATHS.conversation}/`)) return { id: '' };
  const [id = '', ...rest] = path.slice(MIAW_PATHS.conversation.length + 1).split('/');
  const below = rest.map((part) => `/${part}`).join('');
  return { route: Object.hasOwn(OF_CONVERSATION, below) ? OF_CONVERSATION[below] : undefined, id: decode(id) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function conversationsOf(state: MiawState) {
  return [...state.subjects.values()].flatMap((subject) => [...subject.conversations.values()]);
}
