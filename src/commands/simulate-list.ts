import type { Context } from '../context.ts';
import { EXIT } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { FAULTS, type Fault } from '../simulator/faults.ts';
import { SCENARIOS } from '../simulator/scenarios.ts';

const CHANNEL_NAMES = { 'live-chat': 'Live Chat', miaw: 'MIAW' } as const;

/** Prints every scenario and every fault. */
export async function listSimulations({ io }: Context): Promise<number> {
  if (io.json) {
    const scenarios = SCENARIOS.map(({ name, title }) => ({ name, title }));
    await io.printJson({ scenarios, faults: FAULTS }, 'document');
    return EXIT.ok;
  }
  const columns = Math.max(...[...SCENARIOS, ...FAULTS].map((entry) => entry.name.length)) + 3;
  const row = (name: string, title: string): Line => [`  ${name.padEnd(columns)}`, title];
  const scenarios = SCENARIOS.map(({ name, title }) => row(name, title));
  const faults = FAULTS.map((fault) => row(fault.name, `${fault.title}${limitOf(fault)}`));
  await io.print([['Scenarios'], ...scenarios, [''], ['Faults'], ...faults, ...sharedNames()]);
  return EXIT.ok;
}

/** The fault's name, and the channel where it concerns only one. */
export function nameFault(name: string): string {
  const fault = FAULTS.find((known) => known.name === name);
  return fault ? `${name}${limitOf(fault)}` : name;
}

function limitOf({ channels }: Fault): string {
  const [only, ...others] = channels;
  return only && others.length === 0 ? ` (${CHANNEL_NAMES[only]} only)` : '';
}

/** Names of both tables need a word on which one is meant. */
function sharedNames(): readonly Line[] {
  const shared = FAULTS.filter((fault) => SCENARIOS.some((scenario) => scenario.name === fault.name));
  const names = shared.map(({ name }) => name).join(', ');
  if (names === '') return [];
  return [[''], [`In both lists: ${names}. --simulate takes the scenario, simulate --fault the fault.`]];
}
