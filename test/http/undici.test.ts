import { Agent as PublicAgent } from 'undici';
import { expect, test } from 'vitest';
import { OPT_OUT, skipWasmOptimising } from '../../src/http/liftoff.ts';
import { Agent } from '../../src/http/undici.ts';

function flagsSet(env: Record<string, string>, version: string): string[] {
  const flags: string[] = [];
  skipWasmOptimising(env, version, (flag) => flags.push(flag));
  return flags;
}

test('the agent taken from the inside of undici is the public one', () => {
  expect(Agent).toBe(PublicAgent);
});

test('on Node 20 the optimising compiler for WebAssembly is left out', () => {
  expect(flagsSet({}, '20.20.2')).toEqual(['--liftoff-only']);
});

test.each(['18.20.0', '22.13.0', '24.0.0', '26.1.0', '200.0.0'])('on Node %s nothing is changed', (version) => {
  expect(flagsSet({}, version)).toEqual([]);
});

test('the opt-out leaves Node 20 alone', () => {
  expect(OPT_OUT).toBe('SF_HANDOFF_NO_LIFTOFF');
  expect(flagsSet({ SF_HANDOFF_NO_LIFTOFF: '1' }, '20.20.2')).toEqual([]);
});
