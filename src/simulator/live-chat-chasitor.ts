import { ANSWERS, type Answer, badRequest } from './live-chat-answer.ts';
import { createChat } from './live-chat-chat.ts';
import { isRecord } from './live-chat-checks.ts';
import { findInitFault, findRefusal, listOf } from './live-chat-init.ts';
import { chatRequestFail } from './live-chat-messages.ts';
import type { Registry } from './live-chat-registry.ts';
import { closeChat, endChat, type LiveChatSession, noteActivity, watchSilence } from './live-chat-session.ts';
import type { World } from './world.ts';

export interface ActionTurn {
  readonly world: World;
  readonly registry: Registry;
  readonly session: LiveChatSession;
  readonly body: Readonly<Record<string, unknown>>;
  /** The host the client asked is one the org has left: it opens chats that reach nobody. */
  readonly deserted: boolean;
}

/** One thing a visitor can do. `needs` is the state the chat must be in; the body is judged before the state. */
interface Action {
  readonly needs: 'created' | 'active' | 'open' | 'resync';
  /** What is wrong with the body, in words. */
  fault?(body: ActionTurn['body']): string | undefined;
  act(turn: ActionTurn): Answer | undefined;
}

const CHAT_ACTION: Action = { needs: 'active', act: () => undefined };

export const CHASITOR_ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['ChasitorInit', { needs: 'created', fault: findInitFault, act: init }],
  ['ChatMessage', { needs: 'active', fault: (body) => needStrings(body, 'text'), act: say }],
  ['ChasitorTyping', CHAT_ACTION],
  ['ChasitorNotTyping', CHAT_ACTION],
  ['ChasitorSneakPeek', { ...CHAT_ACTION, fault: sneakPeekFault }],
  ['CustomEvent', { ...CHAT_ACTION, fault: (body) => needStrings(body, 'type', 'data') }],
  ['ChatEnd', { needs: 'open', act: end }],
  ['ChatCancel', { needs: 'open', act: end }],
  ['ChasitorIdleTimeoutWarningEvent', { ...CHAT_ACTION, fault: idleWarningFault }],
  ['ChasitorResyncState', { needs: 'resync', fault: (body) => needStrings(body, 'organizationId'), act: resync }],
  ['SensitiveDataRuleTriggered', { ...CHAT_ACTION, fault: (body) => needList(body, 'rules') }],
  ['RichMessage', { needs: 'active', fault: (body) => needList(body, 'actions'), act: choose }],
]);

/** Judges the body, then the state, then acts. `OK` unless something stands in the way. */
export function performAction(action: Action, turn: ActionTurn): Answer {
  const fault = action.fault?.(turn.body);
  if (fault) return badRequest(fault);
  const refusal = refuseByState(action.needs, turn.session);
  if (refusal) return refusal;
  // The warning tells of silence, everything else breaks it.
  if (turn.body.idleTimeoutWarningEvent !== 'triggered') noteActivity(turn.session);
  return action.act(turn) ?? ANSWERS.ok;
}

/** Acting too early is a server error, acting too late meets no session. */
function refuseByState(needs: Action['needs'], session: LiveChatSession): Answer | undefined {
  if (session.state === 'ended' || session.state === 'dead') return ANSWERS.sessionGone;
  if (needs === 'resync' || (needs === 'open' && session.state !== 'created')) return undefined;
  return needs === session.state && !session.resyncing ? undefined : ANSWERS.serverError;
}

function init(turn: ActionTurn): Answer | undefined {
  const { world, registry, session, body, deserted } = turn;
  if (body.sessionId !== session.id) return badRequest('sessionId is not that of the session');
  session.state = 'requested';
  registry.countChat();
  session.visitorName = String(body.visitorName);
  watchSilence(session);
  if (deserted || session.faults.has('never-routed')) return undefined;
  const refusal = findRefusal(world, body);
  if (refusal) {
    closeChat(session, chatRequestFail(refusal));
    return undefined;
  }
  const details = listOf(body.prechatDetails);
  const receiveQueueUpdates = body.receiveQueueUpdates === true;
  world.openedChat(createChat(world, registry, session, { details, receiveQueueUpdates }));
  return undefined;
}

function say({ world, session, body }: ActionTurn): Answer | undefined {
  const text = String(body.text);
  const said = { type: 'Chasitor', name: session.visitorName, content: text, timestamp: world.clock.now() } as const;
  session.transcript.push({ line: said });
  session.inbox.put(text);
  return session.faults.has('lost-send') ? ANSWERS.gone : undefined;
}

/** The answer to a bot's choices counts as something said. */
function choose({ session, body }: ActionTurn): undefined {
  for (const action of listOf(body.actions)) {
    const index = isRecord(action) ? Number(action.index) : Number.NaN;
    session.inbox.put(session.choices[index] ?? `choice ${index + 1}`);
  }
}

/** Clients wrap the reason in different ways, or give none. */
function end({ session, body }: ActionTurn): undefined {
  const wrapped = body.ChatEndReason;
  const reason = body.reason ?? (isRecord(wrapped) ? wrapped.reason : wrapped);
  endChat(session, reason === 'clientIdleTimeout' ? reason : 'client');
}

function resync({ session }: ActionTurn): undefined {
  session.resyncing = false;
}

function needStrings(body: ActionTurn['body'], ...names: readonly string[]): string | undefined {
  const missing = names.find((name) => typeof body[name] !== 'string');
  return missing === undefined ? undefined : `${missing} is required`;
}

function needList(body: ActionTurn['body'], name: string): string | undefined {
  return Array.isArray(body[name]) ? undefined : `${name} is required`;
}

function sneakPeekFault(body: ActionTurn['body']): string | undefined {
  return typeof body.position === 'number' ? needStrings(body, 'text') : 'position is required';
}

function idleWarningFault({ idleTimeoutWarningEvent }: ActionTurn['body']): string | undefined {
  const known = idleTimeoutWarningEvent === 'triggered' || idleTimeoutWarningEvent === 'cleared';
  return known ? undefined : 'idleTimeoutWarningEvent must be triggered or cleared';
}
