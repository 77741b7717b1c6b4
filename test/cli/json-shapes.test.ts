import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { valueFlags } from '../support/value-flags.ts';

/** The type of every member instead of its value; entries of a list are merged into one. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [value.map(shapeOf).reduce(merge)];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const members = Object.entries(value).map(([name, member]) => [name, shapeOf(member)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => a.localeCompare(b)));
}

function merge(a: unknown, b: unknown): unknown {
  if (typeof a === 'object' && typeof b === 'object' && a && b && !Array.isArray(a) && !Array.isArray(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    const left = a as Record<string, unknown>;
    const right = b as Record<string, unknown>;
    return Object.fromEntries(
      names.map((name) => [
        name,
        name in left && name in right ? merge(left[name], right[name]) : (left[name] ?? right[name]),
      ]),
    );
  }
  if (Array.isArray(a) && Array.isArray(b))
    return a.length > 0 && b.length > 0 ? [merge(a[0], b[0])] : a.length > 0 ? a : b;
  return a === b ? a : [a, b].flat().join(' or ');
}

describe('the JSON that programs rely on', () => {
  it('of validate', () =>
    withFolder(async (folder) => {
      const values = [
        '--org-id',
        '00D8Z000001kQ7PUAU',
        '--base-url',
        'https://acme.my.salesforce-srct.com',
        '--developer-name',
        'Acme Bot',
      ];
      expect(shapeOf((await runCli(['validate', '--json', ...values], folder)).json())).toMatchSnapshot();
    }));

  it('of doctor', () =>
    withFolder(async (folder) => {
      const document = (await runCli(['doctor', '--json', '--simulate=unpublished'], folder)).json() as {
        runs: { checks: { data?: unknown }[] }[];
      };
      for (const run of document.runs) for (const check of run.checks) delete check.data;
      expect(shapeOf(document)).toMatchSnapshot();
    }));

  it.each<Channel>(['miaw', 'live-chat'])('of a test chat over %s, event by event', (channel) =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.01, scenario: 'transfer' });
      const script = ['--message', 'hello', '--expect', 'transferred', '--expect', 'typing'];
      const lines = (
        await runCli(['test-chat', '--json', ...script, ...valueFlags(simulator, channel)], folder)
      ).lines();
      const byType = new Map<string, unknown>();
      for (const line of lines) {
        const type = String(line.type);
        if (type === 'unknown') delete line.raw;
        const shape = shapeOf(line);
        byType.set(type, byType.has(type) ? merge(byType.get(type), shape) : shape);
      }
      expect(Object.fromEntries([...byType].sort(([a], [b]) => a.localeCompare(b)))).toMatchSnapshot();
    }),
  );

  it('of an error, a profile list, the guide and the lists', () =>
    withFolder(async (folder) => {
      const documents = await Promise.all([
        runCli(['profile', 'show', 'nobody', '--json'], folder),
        runCli(['profile', 'list', '--json'], folder),
        runCli(['guide', 'miaw.1', '--json'], folder),
        runCli(['doctor', '--list', '--json'], folder),
        runCli(['simulate', '--list', '--json'], folder),
      ]);
      expect(documents.map((result) => shapeOf(result.json()))).toMatchSnapshot();
    }));
});
