import { describe, expect, test } from 'vitest';
import type { AgentEvent, AgentEventBody, Participant } from '../../src/core/events.ts';
import type { Line } from '../../src/core/line.ts';
import { type ChatLogOptions, createChatLog } from '../../src/ui/chat-log.ts';
import { plainLine } from '../../src/ui/plain.ts';
import { columnsOf } from '../../src/ui/wrap.ts';

const START = new Date(2026, 0, 5, 10, 2, 11).getTime();
const MARIA = { id: 'u1', name: 'Maria Lopez', role: 'agent' } as const;
const BOT = { id: 'b1', name: 'Acme Bot', role: 'bot' } as const;

type Told = AgentEventBody & { readonly after?: number };

/** The log of these events as it stands on a terminal without colour; `after` is seconds since the start. */
function logOf(events: readonly Told[], options: Partial<ChatLogOptions> = {}): string[] {
  return linesOf(events, options).map(plainLine);
}

function linesOf(events: readonly Told[], options: Partial<ChatLogOptions> = {}): Line[] {
  const log = createChatLog({ width: 80, unicode: true, verbose: false, ...options });
  return events.flatMap(({ after = 0, ...body }) => log({ at: START + after * 1000, ...body } as AgentEvent));
}

function said(text: string, from: Participant = MARIA): AgentEventBody & { type: 'message' } {
  return { type: 'message', id: 'm1', from, text, format: 'text' };
}

describe('what a line says', () => {
  test.each<[string, Told, string]>([
    ['connecting', { type: 'connecting', channel: 'miaw', host: 'acme.example' }, 'connecting to acme.example'],
    ['the start', { type: 'started', channel: 'miaw', conversationId: '7c1f' }, 'conversation 7c1f started'],
    ['a queue', { type: 'queued' }, 'in the queue'],
    ['a place in the queue', { type: 'queued', position: 2 }, 'in the queue, position 2'],
    [
      'a place and a time',
      { type: 'queued', position: 0, estimatedWaitSeconds: 90 },
      'in the queue, position 0, about 1 min 30 s to wait',
    ],
    ['a bot that joins', { type: 'joined', participant: BOT }, 'Acme Bot (bot) joined'],
    ['a nameless agent', { type: 'joined', participant: { role: 'agent' } }, 'the agent joined'],
    ['somebody who leaves', { type: 'left', participant: MARIA }, 'Maria Lopez (agent) left'],
    ['a message', said('Hello'), 'Maria Lopez   Hello'],
    ['a message of the system', said('Hello', { role: 'system' }), 'Salesforce   Hello'],
    ['a message from elsewhere', said('Hello', { role: 'visitor', name: 'Me' }), 'you (elsewhere)   Hello'],
    ['a message that was sent', { type: 'sent', id: 's1', text: 'Hi' }, 'you   Hi   ✓ sent'],
    ['a transfer', { type: 'transferred', state: 'requested', to: 'Billing' }, 'transfer to Billing requested'],
    ['a transfer to nobody named', { type: 'transferred', state: 'failed' }, 'transfer failed'],
    ['a session that waits', { type: 'session', state: 'waiting' }, 'waiting for an agent'],
    ['a session gone inactive', { type: 'session', state: 'inactive' }, 'the session has gone inactive'],
    [
      'a rejection',
      { type: 'rejected', reason: 'Unavailable', code: 'NO_AGENT_AVAILABLE' },
      'no agent will take this chat: Unavailable   NO_AGENT_AVAILABLE',
    ],
    [
      'a lost connection',
      { type: 'reconnecting', attempt: 2, delayMs: 1500, reason: 'stream closed' },
      'connection lost (stream closed); trying again in 1.5 s, attempt 2',
    ],
    ['a connection that is back', { type: 'reconnected' }, 'connected again'],
    ['the end by the agent', { type: 'ended', by: 'agent' }, 'the agent ended the chat'],
    ['the end by us', { type: 'ended', by: 'visitor' }, 'the chat was ended from this side'],
    ['the end with a reason', { type: 'ended', by: 'system', reason: 'time-out' }, 'the chat has ended (time-out)'],
    [
      'an error',
      { type: 'error', error: { code: 'TIMED_OUT', message: 'No answer', hint: 'try again' } },
      'No answer; try again   TIMED_OUT',
    ],
  ])('%s', (_what, event, text) => {
    expect(logOf([event])).toEqual([`10:02:11   ${text}`]);
  });

  test('an agent who joins is told with the time it took', () => {
    const log = logOf([
      { type: 'started', channel: 'miaw', conversationId: '7c1f' },
      { type: 'joined', participant: MARIA, after: 20 },
    ]);
    expect(log[1]).toBe('10:02:31   Maria Lopez (agent) joined, after 20 s');
  });

  test('an unknown event is kept back', () => {
    expect(logOf([{ type: 'unknown', wireType: 'NEW', raw: { a: 1 } }])).toEqual([]);
  });

  test.each([
    ['at the start', { newUrl: 'https://d.la2.salesforceliveagent.com/chat' }],
    ['in mid-chat', { type: 'SwitchServer', message: { newUrl: 'https://d.la2.salesforceliveagent.com/chat' } }],
  ])('an org that has moved %s is told with the URL to enter', (_, raw) => {
    expect(
      logOf([{ type: 'unknown', wireType: 'SwitchServer', raw }])
        .join(' ')
        .replace(/\s+/g, ' '),
    ).toContain('the org has moved to https://d.la2.salesforceliveagent.com/chat: enter it as Live Agent URL');
  });

  test('with --verbose an unknown event is shown whole', () => {
    expect(logOf([{ type: 'unknown', wireType: 'NEW', raw: { a: 1 } }], { verbose: true })).toEqual([
      '10:02:11   NEW {"a":1}',
    ]);
  });

  test('an unknown event without content shows its type alone', () => {
    expect(logOf([{ type: 'unknown', wireType: 'NEW', raw: undefined }], { verbose: true })).toEqual([
      '10:02:11   NEW',
    ]);
  });

  test('without Unicode there are no symbols', () => {
    const events: Told[] = [
      { type: 'sent', id: 's1', text: 'Hi' },
      { type: 'receipt', messageId: 's1', state: 'read' },
      { ...said('Files'), attachments: [{ name: 'a.pdf', mimeType: 'application/pdf' }] },
    ];
    expect(logOf(events, { unicode: false }).slice(0, 3)).toEqual([
      '10:02:11   you   Hi   sent',
      '10:02:11   read: Hi',
      '10:02:11   Maria Lopez   Files',
    ]);
  });
});

describe('what is remembered', () => {
  test('a receipt quotes the message it is for', () => {
    const log = logOf([
      { type: 'sent', id: 's1', text: 'My order has not arrived' },
      { type: 'receipt', messageId: 's1', state: 'read', by: MARIA },
    ]);
    expect(log[1]).toBe('10:02:11   ✓✓ read by Maria Lopez: My order has not arrived');
  });

  test('a long message is quoted by its beginning', () => {
    const log = logOf([
      { type: 'sent', id: 's1', text: 'x'.repeat(100) },
      { type: 'receipt', messageId: 's1', state: 'delivered' },
    ]);
    expect(log.at(-1)).toBe(`10:02:11   ✓ delivered: ${'x'.repeat(39)}…`);
  });

  test('a receipt for a message of another device quotes nothing', () => {
    expect(logOf([{ type: 'receipt', messageId: 'other', state: 'delivered' }])).toEqual(['10:02:11   ✓ delivered']);
  });

  test('typing is told once', () => {
    const typing: Told = { type: 'typing', participant: MARIA, active: true };
    expect(logOf([typing, typing])).toEqual(['10:02:11   Maria Lopez is typing …']);
  });

  test('after a message typing is told again', () => {
    const typing: Told = { type: 'typing', participant: MARIA, active: true };
    expect(logOf([typing, said('Hello'), typing]).at(-1)).toBe('10:02:11   Maria Lopez is typing …');
  });

  test('after a pause typing is not told again', () => {
    const typing: Told = { type: 'typing', participant: MARIA, active: true };
    expect(logOf([typing, { ...typing, active: false }, typing])).toHaveLength(1);
  });

  test('where typing is shown elsewhere it is left out', () => {
    expect(logOf([{ type: 'typing', participant: MARIA, active: true }], { withoutTyping: true })).toEqual([]);
  });

  test('that somebody stops typing is no news', () => {
    expect(logOf([{ type: 'typing', participant: MARIA, active: false }])).toEqual([]);
  });

  test('words of a bot that is still writing are told once, for the message brings them whole', () => {
    const events: Told[] = [
      { type: 'typing', participant: BOT, active: true, text: 'Looking' },
      { type: 'typing', participant: BOT, active: true, text: 'Looking it up' },
    ];
    expect(logOf(events)).toEqual(['10:02:11   Acme Bot is writing: Looking']);
  });

  test('another note of a bot at work is told', () => {
    const events: Told[] = [
      { type: 'typing', participant: BOT, active: true, text: 'Looking' },
      { type: 'typing', participant: BOT, active: true, text: 'Asking the warehouse' },
    ];
    expect(logOf(events).at(-1)).toBe('10:02:11   Acme Bot is writing: Asking the warehouse');
  });

  test('two logs do not share what they remember', () => {
    const typing: Told = { type: 'typing', participant: MARIA, active: true };
    logOf([typing]);
    expect(logOf([typing])).toHaveLength(1);
  });
});

describe('messages that are more than text', () => {
  test('options are listed with their numbers', () => {
    const event = {
      ...said('Which one?'),
      format: 'choices',
      options: [
        { id: '1', title: 'Order' },
        { id: '2', title: 'Invoice' },
      ],
    } as const;
    expect(logOf([event])).toEqual([
      '10:02:11   Maria Lopez   Which one?',
      '             1. Order',
      '             2. Invoice   choices',
    ]);
  });

  test('what the text says already is not listed again', () => {
    const event = { ...said('Order or Invoice?'), options: [{ id: '1', title: 'Order' }] } as const;
    expect(logOf([event])).toEqual(['10:02:11   Maria Lopez   Order or Invoice?']);
  });

  test('files are listed with type and address', () => {
    const event = {
      ...said(''),
      format: 'attachments',
      attachments: [{ name: 'a.pdf', mimeType: 'application/pdf', url: 'https://x.example/a' }],
    } as const;
    expect(logOf([event])).toEqual([
      '10:02:11   Maria Lopez     • a.pdf · application/pdf · https://x.example/a',
      '           attachments',
    ]);
  });

  test('the questions of a form say which are required', () => {
    const event = {
      ...said('Please fill in'),
      format: 'form',
      inputs: [
        { id: '1', label: 'Name', kind: 'text', required: true },
        { id: '2', label: 'City', kind: 'text', required: false },
      ],
    } as const;
    expect(logOf([event]).slice(1)).toEqual(['             • Name (required)', '             • City   form']);
  });

  test('a standard response is marked as one', () => {
    expect(logOf([{ ...said('Hi!', BOT), automated: true } as Told])).toEqual([
      '10:02:11   Acme Bot   Hi!   standard response',
    ]);
  });
});

describe('how it is laid out', () => {
  test('long text goes on below itself', () => {
    const log = logOf([said('one two three four five six seven eight nine ten')], { width: 40 });
    expect(log).toEqual([
      '10:02:11   Maria Lopez   one two three',
      '           four five six seven eight',
      '           nine ten',
    ]);
  });

  test('a mark that does not fit gets a line of its own', () => {
    const log = logOf([{ type: 'sent', id: 's1', text: 'exactly so many words' }], { width: 40 });
    expect(log).toEqual(['10:02:11   you   exactly so many words', '           ✓ sent']);
  });

  test.each([20, 40, 60, 80, 200])('at %d columns nothing sticks out', (width) => {
    const events = [
      said(`${'word '.repeat(80)}${'x'.repeat(300)} 東京`),
      { type: 'sent', id: 's', text: 'y'.repeat(99) },
    ];
    const widest = Math.max(...logOf(events as Told[], { width }).map(columnsOf));
    expect(widest).toBeLessThanOrEqual(Math.max(width, 11 + 12));
  });

  test('the name of who speaks stands out', () => {
    const [line] = linesOf([said('Hello')]);
    expect(line?.[1]).toEqual({ text: 'Maria Lopez', tone: 'bold' });
  });
});

describe('hostile text', () => {
  const ESC = '\u001b';

  test.each([
    ['a colour', `${ESC}[31mred${ESC}[0m`, 'red'],
    ['clearing the screen', `${ESC}[2J${ESC}[Hgone`, 'gone'],
    ['a link', `${ESC}]8;;https://evil.example${ESC}\\here${ESC}]8;;${ESC}\\`, 'here'],
    ['the clipboard', `a${ESC}]52;c;cm0=\u0007b`, 'ab'],
    ['eight-bit sequences', 'a\u009b2Jb', 'ab'],
    ['the bell', 'a\u0007b', 'ab'],
    ['backspaces', 'abc\b\b\bxyz', 'abcxyz'],
    ['overrides', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
  ])('%s in a message does nothing', (_what, text, shown) => {
    expect(logOf([said(text)])).toEqual([`10:02:11   Maria Lopez   ${shown}`]);
  });

  test('a carriage return in a message overwrites nothing', () => {
    expect(logOf([said('real\r10:02:11   you   fake')])).toEqual([
      '10:02:11   Maria Lopez   real',
      expect.stringMatching(/^ {11,}10:02:11 {3}you {3}fake$/),
    ]);
  });

  test('a line break in a name does not pass for another event', () => {
    const from: Participant = { name: 'Maria\n10:02:11   the agent joined\r\u001b[1A', role: 'agent' };
    expect(logOf([said('Hello', from)])).toEqual(['10:02:11   Maria 10:02:11   the agent joined   Hello']);
  });

  test('a name of nothing but control characters is no name', () => {
    expect(logOf([{ type: 'joined', participant: { name: '\u001b[31m\u0007 ', role: 'agent' } }])).toEqual([
      '10:02:11   the agent joined',
    ]);
  });

  test.each<[string, Told]>([
    ['a transfer', { type: 'transferred', state: 'requested', to: `${ESC}[2J` }],
    ['a reason', { type: 'ended', by: 'system', reason: `${ESC}]0;x\u0007\r` }],
    ['a rejection', { type: 'rejected', reason: `${ESC}[2J`, code: `${ESC}[2J` }],
    ['a host', { type: 'connecting', channel: 'miaw', host: `${ESC}[2J` }],
    ['an id', { type: 'started', channel: 'miaw', conversationId: `${ESC}[2J` }],
    ['an option', { ...said('?'), options: [{ id: '1', title: `${ESC}[2J\u009b` }] } as Told],
    ['a file', { ...said('?'), attachments: [{ name: `${ESC}[2J`, url: '\u202e' }] } as Told],
    ['a question', { ...said('?'), inputs: [{ id: '1', label: `${ESC}[2J`, kind: 't', required: true }] } as Told],
    ['an unknown type', { type: 'unknown', wireType: `${ESC}[2J`, raw: { a: `${ESC}\u009b\u202e` } }],
  ])('nothing of %s reaches the terminal as a command', (_what, event) => {
    const shown = logOf([event], { verbose: true }).join('\n');
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
