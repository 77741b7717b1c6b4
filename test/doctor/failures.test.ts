import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../src/simulator/faults.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { ADMIN_ONLY, type Alarm, alarmsOf, CHAT, HARMLESS, namesOf, SERVICE } from './failure-table.ts';

describe('a failure that no login is needed to see', () => {
  it.each(SERVICE)(
    '$row: $play over $channel is $cause and nothing else',
    ({ play, channel, status, check, cause, step }) =>
      withFolder(async (folder) => {
        const args = ['--simulate', play, '--channel', channel, '--timeout', '2s', '--no-input', '--json'];
        const result = await runCli(['doctor', ...args], folder);
        const { runs } = result.json() as { runs: readonly [{ checks: readonly Alarm[] }] };
        expect([alarmsOf(runs[0].checks), result.code]).toEqual([
          [[check, status ?? 'fail', cause, step]],
          status === 'warn' ? 0 : 1,
        ]);
      }),
  );
});

describe('the table', () => {
  it('has every row that can be seen without an admin login', () => {
    const seen = new Set([...SERVICE, ...CHAT].map(({ row }) => row).concat(HARMLESS.map(([row]) => row)));
    const rows = Array.from({ length: 33 }, (_, index) => index + 1);
    // 1 is the network and the values, in tables of their own.
    expect(rows.filter((row) => !seen.has(row) && !ADMIN_ONLY.includes(row))).toEqual([1]);
  });

  it('has every fault of the simulator on each of its channels', () => {
    const plays = [
      ...[...SERVICE, ...CHAT].map(({ play, channel }) => [play, channel] as const),
      ...HARMLESS.map(([, play, channel]) => [play, channel] as const),
    ];
    const held = new Set(
      plays.flatMap(([play, channel]) => namesOf(play).faults.map((fault) => `${fault} ${channel}`)),
    );
    const all = FAULTS.flatMap(({ name, channels }) => channels.map((channel) => `${name} ${channel}`));
    expect(all.filter((fault) => !held.has(fault))).toEqual([]);
  });
});
