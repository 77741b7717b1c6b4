import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { withFolder } from '../support/run-cli.ts';

/** `simulate` in this process, for nothing outside of Windows can send what Windows sends. */
function simulateHere(folder: string) {
  const stdout = new PassThrough();
  const started = new Promise((resolve) => stdout.once('data', resolve));
  const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough() };
  const code = main(['simulate', '--json'], { streams, env: { HOME: folder }, cwd: folder });
  return { started, code };
}

it.each([
  ['SIGBREAK', 130],
  ['SIGINT', 130],
  ['SIGHUP', 143],
  ['SIGTERM', 143],
] as const)('%s ends the run in order, with its exit code', (signal, expected) =>
  withFolder(async (folder) => {
    const before = process.listenerCount(signal);
    const running = simulateHere(folder);
    await running.started;
    process.emit(signal, signal);
    expect(await running.code).toBe(expected);
    expect(process.listenerCount(signal)).toBe(before);
  }),
);
