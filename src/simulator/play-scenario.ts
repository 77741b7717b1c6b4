import type { Clock } from '../core/clock.ts';
import type { Participant } from '../core/events.ts';
import type { Scenario, ScenarioStep, SimulatedChat } from './model.ts';

/** Waits of a person, in milliseconds at pace 1. */
const READING_MS = 900;
const WRITING_MS = 1500;
const QUOTED = 120;

interface Stage {
  readonly chat: SimulatedChat;
  readonly clock: Clock;
  readonly pace: number;
}

/** Plays the steps in order and resolves when they are done or the chat is over, whichever comes first. */
export async function playScenario(scenario: Scenario, stage: Stage): Promise<void> {
  try {
    for (const step of scenario.steps) {
      if (stage.chat.over.aborted) return;
      await playStep(step, stage);
    }
  } catch (thrown) {
    if (!stage.chat.over.aborted) throw thrown;
  }
}

async function playStep(step: ScenarioStep, stage: Stage): Promise<void> {
  if ('awaitMessage' in step) {
    await stage.chat.nextMessage();
  } else if ('converse' in step) {
    await converse(step.converse, stage);
  } else if ('fault' in step) {
    await wait(stage, step.afterMs);
    stage.chat.fault(step.fault);
  } else {
    await wait(stage, step.afterMs);
    stage.chat.emit(step.emit);
  }
}

type Converse = Extract<ScenarioStep, { converse: unknown }>['converse'];

async function converse({ as, name, times = Number.POSITIVE_INFINITY }: Converse, stage: Stage): Promise<void> {
  const participant: Participant = { name, role: as };
  for (let turn = 0; turn < times; turn++) {
    const said = await stage.chat.nextMessage();
    await wait(stage, READING_MS);
    stage.chat.emit({ type: 'typing', participant, active: true });
    await wait(stage, WRITING_MS);
    stage.chat.emit({
      type: 'message',
      id: '',
      from: participant,
      text: replyTo(said, turn),
      format: 'text',
    });
    stage.chat.emit({ type: 'typing', participant, active: false });
  }
}

const REPLIES: readonly ((quote: string) => string)[] = [
  (quote) => `Thank you for telling me: “${quote}”. Let me look that up.`,
  (quote) => `I have noted “${quote}”. Is there anything else I should know?`,
  (quote) => `About “${quote}”: that is taken care of now.`,
];

/** A stock answer that quotes what was said. */
export function replyTo(said: string, turn: number): string {
  const line = said.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  const quote = letters.length > QUOTED ? `${letters.slice(0, QUOTED).join('')}…` : line;
  const reply = REPLIES[turn % REPLIES.length];
  return reply ? reply(quote) : quote;
}

/** At pace 0 the step still leaves the current turn, so that an answer in progress is not overtaken. */
async function wait({ chat, clock, pace }: Stage, afterMs = 0): Promise<void> {
  const ms = afterMs * pace;
  if (ms > 0) await clock.sleep(ms, chat.over);
  else await Promise.resolve();
  chat.over.throwIfAborted();
}
