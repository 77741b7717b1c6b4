import { describe, expect, it } from 'vitest';
import { readFrame, readHistory } from '../../src/transport/miaw-entry.ts';
import { createMiawState } from '../../src/transport/miaw-state.ts';
import { fixtureFrame, frame } from '../support/miaw-frames.ts';
import { decode, eventsOf } from '../support/miaw-tell.ts';

describe('an entry of MIAW', () => {
  it('means the same with its payload as an object', () => {
    const wire = fixtureFrame('message-agent-text');
    const envelope = JSON.parse(wire.data);
    envelope.conversationEntry.entryPayload = JSON.parse(envelope.conversationEntry.entryPayload);
    const message = { ...wire, data: JSON.stringify(envelope) };
    expect(decode(createMiawState(), message).events).toEqual(eventsOf('message-agent-text'));
  });

  it('is judged by its own type where the stream names no event', () => {
    const message = { ...fixtureFrame('queue-position'), event: 'message' };
    expect(decode(createMiawState(), message).events).toEqual([{ type: 'queued', position: 3 }]);
  });

  it('of an unknown event is kept whole, whatever its own type', () => {
    const message = { ...fixtureFrame('queue-position'), event: 'CONVERSATION_HOLOGRAM' };
    expect(decode(createMiawState(), message).events).toMatchObject([
      { type: 'unknown', wireType: 'CONVERSATION_HOLOGRAM' },
    ]);
  });

  it.each(['0', 'Jwt is expired', '"text"', '[]', 'null', ''])(
    'is not in data like %j, which is kept as it came where it is called one',
    (data) => {
      expect(readFrame({ event: 'notice', data })).toBeNull();
      expect(readFrame({ event: 'CONVERSATION_MESSAGE', data })).toMatchObject({ kind: 'other', raw: data });
    },
  );

  it.each(['CONVERSATION_CLIENT_ACTION', 'CONVERSATION_CLIENT_MENU', 'MessageDeliveryFailed', 'MessageUpdated'])(
    'of type %s is kept whole',
    (event) => {
      const [told] = decode(createMiawState(), frame(event, { any: 'thing' })).events;
      expect(told).toMatchObject({ type: 'unknown', wireType: event });
    },
  );

  const EVENTS = [
    'CONVERSATION_MESSAGE',
    'CONVERSATION_ROUTING_RESULT',
    'CONVERSATION_ROUTING_WORK_RESULT',
    'CONVERSATION_PARTICIPANT_CHANGED',
    'CONVERSATION_SESSION_STATUS_CHANGED',
    'CONVERSATION_QUEUE_POSITION',
    'CONVERSATION_DELIVERY_ACKNOWLEDGEMENT',
    'CONVERSATION_READ_ACKNOWLEDGEMENT',
    'CONVERSATION_STREAMING_TOKEN',
  ];
  const ODD = [{}, { conversationEntry: null }, { conversationEntry: { entryPayload: 7, sender: [], identifier: {} } }];

  it.each(EVENTS.flatMap((event) => ODD.map((envelope) => [event, envelope] as const)))(
    '%s of the shape %j is kept whole',
    (event, envelope) => {
      const { events } = decode(createMiawState(), { event, data: JSON.stringify(envelope) });
      expect(events).toMatchObject([{ type: 'unknown', wireType: event }]);
    },
  );

  it.each(['constructor', '__proto__', 'toString'])('takes the role %s for no role', (role) => {
    const message = frame('CONVERSATION_TYPING_STARTED_INDICATOR', {}, { sender: { role } });
    expect(decode(createMiawState(), message).events).toMatchObject([{ participant: { role: 'system' } }]);
  });
});

describe('the history of MIAW', () => {
  it('reads oldest first and names entries as the stream does', () => {
    const newer = JSON.parse(fixtureFrame('queue-position').data).conversationEntry;
    const older = JSON.parse(fixtureFrame('routing-result-initial').data).conversationEntry;
    const entries = readHistory({ conversationEntries: [newer, older] });
    expect(entries.map((entry) => entry.wireType)).toEqual([
      'CONVERSATION_ROUTING_RESULT',
      'CONVERSATION_QUEUE_POSITION',
    ]);
  });

  it('keeps the order of one millisecond also where newest come first', () => {
    const at = (identifier: string, transcriptedTimestamp: number) => ({ identifier, transcriptedTimestamp });
    const entries = readHistory({ conversationEntries: [at('d', 3), at('c', 2), at('b', 2), at('a', 1)] });
    expect(entries.map((entry) => entry.id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([null, 7, 'text', {}, { conversationEntries: 'none' }, { conversationEntries: [null, 3] }])(
    'is empty for %j',
    (answer) => {
      expect(readHistory(answer)).toEqual([]);
    },
  );
});
