import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import type { AgentEventBody } from '../../src/core/events.ts';
import { FAULTS, findFault } from '../../src/simulator/faults.ts';
import { createInbox } from '../../src/simulator/inbox.ts';
import type { Scenario, SimulatedChat } from '../../src/simulator/model.ts';
import { playScenario } from '../../src/simulator/play-scenario.ts';
import { DEFAULT_SCENARIO, findScenario, SCENARIOS } from '../../src/simulator/scenarios.ts';
import { splitNames } from '../../src/simulator/split-names.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { type Frame, messageOf, visit } from './raw-visitor.ts';

/** A chat without a wire, whose visitor says what is given and then leaves. */
function rehearsal(...lines: readonly string[]) {
  const over = new AbortController();
  const told: AgentEventBody[] = [];
  const broken: string[] = [];
  const waiting = [...lines];
  const chat: SimulatedChat = {
    channel: 'miaw',
    id: 'rehearsal',
    over: over.signal,
    emit: (event) => void told.push(event),
    async nextMessage() {
      const line = waiting.shift();
      if (line !== undefined) return line;
      over.abort(new Error('over'));
      throw over.signal.reason;
    },
    fault: (name) => void broken.push(name),
  };
  return { chat, over, told, broken };
}

const linesOf = (told: readonly AgentEventBody[]) =>
  told.flatMap((event) => (event.type === 'message' ? [event.text] : []));

const MARIA = { name: 'Maria', role: 'agent' } as const;
const scripted = (steps: Scenario['steps']): Scenario => ({ name: 'test', title: 'test', agents: 'online', steps });

test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
  '%s plays to its end',
  async (_name, scenario) => {
    const { chat, told } = rehearsal('one', 'two', 'three', 'four');
    await playScenario(scenario, { chat, clock: manualClock(), pace: 0 });
    const scriptedEvents = scenario.steps.flatMap((step) => ('emit' in step ? [step.emit] : []));
    expect(told).toEqual(expect.arrayContaining(scriptedEvents));
  },
);

const UNBROKEN = SCENARIOS.filter(({ steps }) => !steps.some((step) => 'fault' in step));
test.each(UNBROKEN.map((scenario) => [scenario.name, scenario] as const))(
  '%s arrives whole over MIAW',
  async (name, scenario) => {
    const texts = scenario.steps.flatMap((step) =>
      'emit' in step && step.emit.type === 'message' ? [step.emit.text] : [],
    );
    await using simulator = await startSimulator({ scenario: name, pace: 0 });
    const visitor = await visit(simulator);
    await using stream = await visitor.stream();
    const id = await visitor.create();
    await visitor.say(id, 'one');
    await visitor.say(id, 'two');
    for (const text of texts) await stream.until((frame) => says(frame, text));
    expect(stream.frames.length).toBeGreaterThanOrEqual(texts.length);
  },
);

function says(frame: Frame, text: string): boolean {
  if (frame.event !== 'CONVERSATION_MESSAGE') return false;
  const heard = messageOf(frame).text;
  // Cards and carousels carry their text elsewhere than in the body.
  return heard === text || (heard === '' && frame.data.includes(text));
}

test('names of scenarios and faults are unique and written alike', () => {
  for (const table of [SCENARIOS, FAULTS]) {
    const names = table.map(({ name }) => name);
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('the default scenario exists', () => {
  expect(findScenario(DEFAULT_SCENARIO).name).toBe(DEFAULT_SCENARIO);
});

test('every fault that a scenario names exists', () => {
  const named = SCENARIOS.flatMap(({ steps }) => steps.flatMap((step) => ('fault' in step ? [step.fault] : [])));
  expect(named.map((name) => findFault(name).name)).toEqual(named);
});

test('unknown events of a script are objects; odd shapes are a fault of their own', () => {
  const raws = SCENARIOS.flatMap(({ steps }) =>
    steps.flatMap((step) => ('emit' in step && step.emit.type === 'unknown' ? [step.emit.raw] : [])),
  );
  expect(raws.map((raw) => typeof raw === 'object' && raw !== null)).toEqual([true, true]);
});

test('an unknown scenario is refused with the nearest names', () => {
  expect(() => findScenario('tranfser')).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('transfer') }),
  );
});

test('an unknown fault is refused with the nearest names', () => {
  expect(() => findFault('publish')).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining('unpublished') }),
  );
});

test('a name that is near to nothing gets no suggestion', () => {
  expect(() => findScenario('zzzzzzzz')).toThrow(
    expect.objectContaining({ message: 'There is no scenario “zzzzzzzz”', details: { name: 'zzzzzzzz', nearest: [] } }),
  );
});

test('a name that is both is the scenario first', () => {
  expect(splitNames('unknown-event,unpublished')).toEqual({ scenario: 'unknown-event', faults: ['unpublished'] });
});

test('the simulator does not start with a name that does not exist', async () => {
  await expect(startSimulator({ scenario: 'nope' })).rejects.toBeInstanceOf(HandoffError);
  await expect(startSimulator({ faults: ['nope'] })).rejects.toBeInstanceOf(HandoffError);
});

test('a wait is as long as the script and the pace say', async () => {
  const clock = manualClock();
  const { chat, told } = rehearsal();
  const playing = playScenario(scripted([{ emit: { type: 'queued' }, afterMs: 3000 }]), { chat, clock, pace: 0.5 });
  await clock.waitUntilSleeping(1500);
  expect(told).toEqual([]);
  clock.advance(1500);
  await playing;
  expect(told).toEqual([{ type: 'queued' }]);
});

test('a fault of the script is handed to the chat', async () => {
  const { chat, broken } = rehearsal();
  await playScenario(scripted([{ fault: 'drop-stream' }]), { chat, clock: manualClock(), pace: 0 });
  expect(broken).toEqual(['drop-stream']);
});

test('the script waits for a message before it goes on', async () => {
  const { chat, told, over } = rehearsal('hello');
  const steps = [{ awaitMessage: true }, { emit: { type: 'queued' } }, { awaitMessage: true }] as const;
  await playScenario(scripted(steps), { chat, clock: manualClock(), pace: 0 });
  expect([told, over.signal.aborted]).toEqual([[{ type: 'queued' }], true]);
});

test('a conversation is typing, an answer that quotes, and the end of typing', async () => {
  const { chat, told } = rehearsal('my parcel');
  const converse = { as: 'agent', name: 'Maria', times: 1 } as const;
  await playScenario(scripted([{ converse }]), { chat, clock: manualClock(), pace: 0 });
  expect(told).toEqual([
    { type: 'typing', participant: MARIA, active: true },
    expect.objectContaining({ type: 'message', from: MARIA, text: expect.stringContaining('“my parcel”') }),
    { type: 'typing', participant: MARIA, active: false },
  ]);
});

test('a bot converses as a bot', async () => {
  const { chat, told } = rehearsal('hi');
  await playScenario(scripted([{ converse: { as: 'bot', name: 'Acme', times: 1 } }]), {
    chat,
    clock: manualClock(),
    pace: 0,
  });
  expect(told[1]).toMatchObject({ from: { role: 'bot', name: 'Acme' } });
});

test('long and many-lined messages are quoted short and on one line', async () => {
  const { chat, told } = rehearsal(`one\n  two ${'😀'.repeat(500)}`);
  await playScenario(scripted([{ converse: { as: 'agent', name: 'Maria' } }]), { chat, clock: manualClock(), pace: 0 });
  const [answer = ''] = linesOf(told);
  expect(answer).toContain(`“one two ${'😀'.repeat(112)}…”`);
});

test('the end of the chat breaks off a wait without an error', async () => {
  const clock = manualClock();
  const { chat, told, over } = rehearsal();
  const playing = playScenario(scripted([{ emit: { type: 'queued' }, afterMs: 9000 }]), { chat, clock, pace: 1 });
  await clock.waitUntilSleeping(9000);
  over.abort(new Error('left'));
  await playing;
  expect(told).toEqual([]);
});

test('an error that is not the end of the chat is not swallowed', async () => {
  const { chat } = rehearsal();
  const broken = { ...chat, nextMessage: () => Promise.reject(new TypeError('a mistake')) };
  const playing = playScenario(scripted([{ awaitMessage: true }]), { chat: broken, clock: manualClock(), pace: 0 });
  await expect(playing).rejects.toThrow('a mistake');
});

test('the inbox keeps messages in order, whoever was first', async () => {
  const inbox = createInbox(new AbortController().signal);
  const early = inbox.next();
  for (const text of ['one', 'two', 'three']) inbox.put(text);
  expect([await early, await inbox.next(), await inbox.next()]).toEqual(['one', 'two', 'three']);
});

test('the inbox ends with the chat, for readers before and after', async () => {
  const over = new AbortController();
  const inbox = createInbox(over.signal);
  const early = inbox.next();
  over.abort(new Error('over'));
  await expect(early).rejects.toThrow('over');
  await expect(inbox.next()).rejects.toThrow('over');
});
