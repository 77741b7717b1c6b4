import type { Channel } from '../../src/core/events.ts';
import type { Simulator } from '../../src/simulator/model.ts';

/** The flags that lead a command to this simulator. */
export function valueFlags(simulator: Pick<Simulator, 'values'>, channel: Channel): string[] {
  const { channel: _, ...values } = simulator.values[channel];
  return Object.entries(values).flatMap(([field, value]) => [
    `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    String(value),
  ]);
}
