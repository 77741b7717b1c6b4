import { describe, expect, it } from 'vitest';
import { readFrame } from '../../src/transport/miaw-entry.ts';
import { createMiawState, type EndSign, withOwnMessage } from '../../src/transport/miaw-state.ts';
import { fixtureFrame, fixtureJson, frame, SYSTEM } from '../support/miaw-frames.ts';
import { decode, eventsOf, OUR_SUBJECT } from '../support/miaw-tell.ts';

const PRIYA = { id: '0057X00000BcDeF', name: 'Priya N.', role: 'agent' };
const ASSISTANT = { id: '0Xx7X0000001GhI', name: 'Acme Assistant', role: 'bot' };
const OUR_MESSAGE = 'e2b1f0c4-6a55-4c0d-8e57-1f3a9d2b7c60';

function participants(name: string, state = createMiawState()) {
  return decode(state, frame('CONVERSATION_PARTICIPANT_CHANGED', fixtureJson(name), { sender: SYSTEM }));
}

function session(name: string, state = createMiawState()) {
  return decode(state, frame('CONVERSATION_SESSION_STATUS_CHANGED', fixtureJson(name), { sender: SYSTEM }));
}

describe('the wire fixtures of MIAW', () => {
  it('message-agent-text is a message of the agent', () => {
    expect(eventsOf('message-agent-text')).toEqual([
      {
        type: 'message',
        id: '7f4f2c1e-3a77-4d61-9a0e-5b8c2f6d1e90',
        from: PRIYA,
        text: 'Hi Dana, I can help with that.',
        format: 'text',
      },
    ]);
  });

  it('message-own-echo is nothing new to who sent it', () => {
    const state = withOwnMessage(createMiawState(OUR_SUBJECT), OUR_MESSAGE, 'Where is my parcel?');
    expect(eventsOf('message-own-echo', state)).toEqual([]);
  });

  it('message-own-echo is a visitor’s message to who did not send it', () => {
    expect(eventsOf('message-own-echo')).toEqual([
      {
        type: 'message',
        id: OUR_MESSAGE,
        from: { id: OUR_SUBJECT, name: 'Guest', role: 'visitor' },
        text: 'Where is my parcel?',
        format: 'text',
      },
    ]);
  });

  it('message-rich-link reads as its title and address', () => {
    expect(eventsOf('message-rich-link')).toMatchObject([
      { format: 'rich-link', text: 'Track your parcel: https://shop.example.com/track/4711' },
    ]);
  });

  it('message-attachments carries the files', () => {
    expect(eventsOf('message-attachments')).toMatchObject([
      {
        format: 'attachments',
        text: 'My receipt',
        attachments: [
          { name: 'receipt.pdf', mimeType: 'application/pdf', url: 'https://files.example.com/d/5d0f1c7b' },
        ],
      },
    ]);
  });

  it('message-choices carries what may be picked', () => {
    expect(eventsOf('message-choices')).toEqual([
      {
        type: 'message',
        id: '5a1e8c47-0b3d-4c92-a7f6-d2e9b4c8f013',
        from: ASSISTANT,
        text: 'What is it about?\n1. Billing\n2. Delivery',
        format: 'choices',
        options: [
          { id: 'e3f1a2b4-1c2d-4e3f-8a4b-5c6d7e8f9a01', title: 'Billing' },
          { id: 'e3f1a2b4-1c2d-4e3f-8a4b-5c6d7e8f9a02', title: 'Delivery' },
        ],
      },
    ]);
  });

  it('message-form carries the questions', () => {
    expect(eventsOf('message-form')).toMatchObject([
      {
        format: 'form',
        text: 'Your order\n- Order number (required)\n- Wanted delivery date',
        inputs: [
          { id: 'order_number', label: 'Order number', kind: 'TextInput', required: true, maxLength: 8 },
          { id: 'delivery_date', label: 'Wanted delivery date', kind: 'DatePickerInput', required: false },
        ],
      },
    ]);
  });

  it('message-automated is a standard response of the system', () => {
    expect(eventsOf('message-automated')).toMatchObject([
      { type: 'message', automated: true, from: { name: 'Automated Process', role: 'system' } },
    ]);
  });

  it('routing-result-initial puts the visitor into the queue', () => {
    const { events, state } = decode(createMiawState(), fixtureFrame('routing-result-initial'));
    expect(events).toEqual([{ type: 'queued', estimatedWaitSeconds: 45 }]);
    expect(state.routing.routed).toBe(true);
  });

  it('routing-result-failed rejects the chat with the admin’s words', () => {
    const { events, state } = decode(createMiawState(), fixtureFrame('routing-result-failed'));
    const reason = 'No agents are available right now.';
    expect(events).toEqual([{ type: 'rejected', reason, code: 'NO_AGENT_AVAILABLE' }]);
    expect(state.routing).toMatchObject({ routed: false, failure: reason });
  });

  it('routing-result-transfer requests a transfer', () => {
    expect(eventsOf('routing-result-transfer')).toEqual([{ type: 'transferred', state: 'requested' }]);
  });

  it('routing-work-result counts an acceptance and is kept whole', () => {
    const { events, state } = decode(createMiawState(), fixtureFrame('routing-work-result'));
    expect(state.routing.accepted).toBe(1);
    expect(events).toMatchObject([
      {
        type: 'unknown',
        wireType: 'CONVERSATION_ROUTING_WORK_RESULT',
        raw: { identifier: '77c0de11-1f2e-4d3c-9b4a-5e6f70819203' },
      },
    ]);
  });

  it('participant-changed lets the agent join', () => {
    expect(eventsOf('participant-changed')).toEqual([{ type: 'joined', participant: PRIYA }]);
  });

  it('payload-participant-bot-joined lets the bot join', () => {
    expect(participants('payload-participant-bot-joined').events).toEqual([{ type: 'joined', participant: ASSISTANT }]);
  });

  it('payload-participant-agent-left is a sign of the end, but no end', () => {
    const { state } = decode(createMiawState(), fixtureFrame('participant-changed'));
    const decoded = participants('payload-participant-agent-left', state);
    expect(decoded.events).toEqual([{ type: 'left', participant: PRIYA }]);
    expect(decoded.end).toEqual<EndSign>({ cause: 'last-agent-left', by: 'agent' });
  });

  it('session-status-changed is a session that has become active', () => {
    expect(eventsOf('session-status-changed')).toEqual([{ type: 'session', state: 'active' }]);
  });

  it('payload-session-inactive is a session that has gone inactive', () => {
    expect(session('payload-session-inactive').events).toEqual([{ type: 'session', state: 'inactive' }]);
  });

  it('payload-session-ended is a sign of the end by the agent', () => {
    const decoded = session('payload-session-ended');
    expect(decoded.events).toEqual([]);
    expect(decoded.end).toEqual<EndSign>({ cause: 'session-ended', by: 'agent' });
  });

  it('queue-position tells the position', () => {
    expect(eventsOf('queue-position')).toEqual([{ type: 'queued', position: 3 }]);
  });

  it('typing-started-indicator and typing-stopped-indicator tell who types', () => {
    expect(eventsOf('typing-started-indicator')).toEqual([{ type: 'typing', participant: PRIYA, active: true }]);
    expect(eventsOf('typing-stopped-indicator')).toEqual([{ type: 'typing', participant: PRIYA, active: false }]);
  });

  it('delivery-acknowledgement says that our message was delivered', () => {
    expect(eventsOf('delivery-acknowledgement')).toEqual([
      { type: 'receipt', messageId: OUR_MESSAGE, state: 'delivered', by: PRIYA },
    ]);
  });

  it('read-acknowledgement says that our message was read', () => {
    expect(eventsOf('read-acknowledgement')).toEqual([
      { type: 'receipt', messageId: OUR_MESSAGE, state: 'read', by: PRIYA },
    ]);
  });

  it('progress-indicator shows what the bot is doing', () => {
    expect(eventsOf('progress-indicator')).toEqual([
      { type: 'typing', participant: ASSISTANT, active: true, text: 'Looking up your order' },
    ]);
  });

  it('streaming-token shows the words so far', () => {
    expect(eventsOf('streaming-token')).toEqual([
      { type: 'typing', participant: ASSISTANT, active: true, text: 'Your parcel left ' },
    ]);
  });

  it('close-conversation is the end by the visitor', () => {
    expect(eventsOf('close-conversation')).toEqual([{ type: 'ended', by: 'visitor' }]);
  });

  it('end-user-consent-updated is kept whole', () => {
    expect(eventsOf('end-user-consent-updated')).toMatchObject([
      {
        type: 'unknown',
        wireType: 'CONVERSATION_END_USER_CONSENT_UPDATED',
        raw: { entryType: 'EndUserConsentUpdated' },
      },
    ]);
  });

  it('ping holds no entry', () => {
    expect(readFrame(fixtureFrame('ping'))).toBeNull();
  });
});
