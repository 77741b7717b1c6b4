import type { AgentEventBody, Participant } from '../core/events.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './live-chat-fields.ts';
import { type Decoded, decoded, type IdleLimits, type LiveChatState } from './live-chat-state.ts';

/** Key prefix of bots among user ids. */
const BOT_ID = /^0Xx/;

/** Somebody took the chat; where somebody was there already, this is the end of a transfer to a button. */
export function established(state: LiveChatState, body: Fields): Decoded {
  const arrived = participant(body, listOf(body.items).length > 0);
  if (state.agent !== undefined) return takeOver(state, body, arrived);
  return decoded(arrive(state, body, arrived), [
    { type: 'joined', participant: arrived },
    { type: 'session', state: 'active' },
  ]);
}

export function transferred(state: LiveChatState, body: Fields): Decoded {
  return takeOver(state, body, participant(body, body.isTransferToBot === true));
}

function takeOver(state: LiveChatState, body: Fields, arrived: Participant): Decoded {
  const to = arrived.name === undefined ? {} : { to: arrived.name };
  const events: AgentEventBody[] = [
    { type: 'joined', participant: arrived },
    { type: 'transferred', state: 'completed', ...to },
  ];
  if (state.agent !== undefined) events.unshift({ type: 'left', participant: state.agent });
  return decoded(arrive(state, body, arrived), events);
}

function arrive(state: LiveChatState, body: Fields, agent: Participant): LiveChatState {
  return { ...state, phase: 'active', agent, typing: undefined, idle: idleLimits(body), joins: state.joins + 1 };
}

/** The transfer came to nothing and the agent before has the chat again. */
export function resumed(state: LiveChatState): Decoded {
  return decoded(state, [{ type: 'transferred', state: 'failed' }]);
}

export function conferenceJoined(state: LiveChatState, body: Fields): Decoded {
  const guest = participant(body, false);
  return decoded({ ...state, guests: [...state.guests, guest] }, [{ type: 'joined', participant: guest }]);
}

export function conferenceLeft(state: LiveChatState, body: Fields): Decoded {
  const name = textOf(body.name);
  const guest = state.guests.find((member) => member.name === name) ?? participant(body, false);
  const guests = state.guests.filter((member) => member !== guest);
  return decoded({ ...state, guests }, [{ type: 'left', participant: guest }]);
}

/** The agent's connection dropped; the chat goes on and the agent may come back. */
export function disconnected(state: LiveChatState): Decoded {
  const who = state.agent ?? { role: 'agent' };
  return decoded({ ...state, typing: undefined }, [{ type: 'left', participant: who }]);
}

/** Who speaks: a person known by that name, the current agent where no name is given, else a stranger. */
export function speaker(state: LiveChatState, body: Fields): Participant {
  const name = textOf(body.name);
  const known = [state.agent, ...state.guests].find((person) => person !== undefined && person.name === name);
  if (known !== undefined) return known;
  if (name === undefined) return state.agent ?? participant(body, false);
  const id = textOf(body.agentId);
  return participant({ name, userId: id }, false);
}

function participant(body: Fields, bot: boolean): Participant {
  const id = textOf(body.userId) ?? textOf(body.agentId);
  const name = textOf(body.name);
  const role = bot || (id !== undefined && BOT_ID.test(id)) ? 'bot' : 'agent';
  return { ...(id !== undefined && { id }), ...(name !== undefined && { name }), role };
}

/** The guide spells the field `chasitorIdletimeout`, live servers `chasitorIdleTimeout`; both count in seconds. */
function idleLimits(body: Fields): IdleLimits | undefined {
  const given = fieldsOf(body.chasitorIdleTimeout ?? body.chasitorIdletimeout);
  const timeout = numberOf(given.timeout);
  if (given.isEnabled !== true || timeout === undefined || timeout <= 0) return undefined;
  const warning = numberOf(given.warningTime);
  return { warningMs: (warning !== undefined && warning > 0 ? warning : timeout) * 1000, timeoutMs: timeout * 1000 };
}
