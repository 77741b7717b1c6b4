import { expect, it } from 'vitest';
import type { Http } from '../../src/core/http.ts';
import { createTokenBudget } from '../../src/doctor/token-budget.ts';
import { manualClock } from '../support/manual-clock.ts';

const TOKEN = 'https://a.example/iamessage/api/v2/authorization/unauthenticated/access-token';

function mute(): Http {
  const never = () => Promise.reject(new Error('not asked here'));
  const request = () => Promise.resolve({ status: 200, headers: {}, body: '' });
  return { request, stream: never, resolve: never, connect: never, handshake: never, close: async () => undefined };
}

it('lets two token calls a minute through, and puts the third off until the first is a minute old', async () => {
  const clock = manualClock();
  const budget = createTokenBudget(clock);
  const http = budget.counted(mute(), 'org');
  await http.request({ url: TOKEN });
  expect(budget.delayMs('org', 1)).toBe(0);
  clock.advance(10_000);
  await http.request({ url: TOKEN });
  expect(budget.delayMs('org', 1)).toBe(50_000);
  expect(budget.delayMs('org', 2)).toBe(60_000);
  clock.advance(50_000);
  expect(budget.delayMs('org', 1)).toBe(0);
});

it('counts each org for itself', async () => {
  const budget = createTokenBudget(manualClock());
  const http = budget.counted(mute(), 'one');
  await http.request({ url: TOKEN });
  await http.request({ url: TOKEN });
  expect(budget.delayMs('other', 2)).toBe(0);
});

it('knows how many calls there were in all', async () => {
  const clock = manualClock();
  const budget = createTokenBudget(clock);
  const http = budget.counted(mute(), 'org');
  await http.request({ url: TOKEN });
  clock.advance(90_000);
  await http.request({ url: TOKEN });
  expect([budget.total('org'), budget.total('other')]).toEqual([2, 0]);
});

it('counts nothing but tokens', async () => {
  const budget = createTokenBudget(manualClock());
  const http = budget.counted(mute(), 'org');
  for (let call = 0; call < 5; call++)
    await http.request({ url: 'https://a.example/embeddedservice/v1/businesshours' });
  expect(budget.delayMs('org', 2)).toBe(0);
});
