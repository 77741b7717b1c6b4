import { expect, it } from 'vitest';
import { createTurns } from '../../src/commands/turns.ts';
import { gate, settled } from '../support/gate.ts';

it('lets no more than so many run at once, and all of them in the end', async () => {
  const turns = createTurns(2);
  const gates = [gate(), gate(), gate()];
  const begun: number[] = [];
  const work = gates.map(({ opened }, index) =>
    turns.take(async () => {
      begun.push(index);
      await opened;
    }),
  );
  await settled();
  expect(begun).toEqual([0, 1]);
  gates[1]?.open();
  await settled();
  expect(begun).toEqual([0, 1, 2]);
  for (const each of gates) each.open();
  await Promise.all(work);
});

it('hands the turn on after a failure', async () => {
  const turns = createTurns(1);
  const failed = turns.take(() => Promise.reject(new Error('broken')));
  const next = turns.take(async () => 'done');
  await expect(failed).rejects.toThrow('broken');
  expect(await next).toBe('done');
});
