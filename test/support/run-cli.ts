import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newFolder } from './folder.ts';

export const BIN = join(import.meta.dirname, '../../bin/sf-handoff.js');

/** Shared by all tests, or each would compile all anew. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as the one JSON document it must be. */
  json(): unknown;
  /** stdout as one JSON value a line. */
  lines(): Record<string, unknown>[];
}

interface CliOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly stdin?: string | Buffer;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly done: Promise<CliResult>;
  /** Resolves when stdout matches; rejects when the process ends first. */
  waitForStdout(pattern: RegExp): Promise<string>;
}

/** What no process of Windows can do without. */
const SYSTEM = ['SystemRoot', 'PATHEXT', 'TEMP', 'TMP'].flatMap((name) => {
  const value = process.env[name];
  return value === undefined ? [] : [[name, value] as const];
});

/** A clean environment: no colour settings, no CI, no proxies, a folder of its own for profiles and for state. */
export function cliEnv(folder: string, extra: Record<string, string> = {}): Record<string, string> {
  return {
    ...Object.fromEntries(SYSTEM),
    PATH: process.env.PATH ?? '',
    HOME: folder,
    SF_HANDOFF_CONFIG_DIR: join(folder, 'config'),
    XDG_STATE_HOME: join(folder, '.local', 'state'),
    XDG_CACHE_HOME: CACHE,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...extra,
  };
}

export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await newFolder();
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts the built command line as its own process. */
export function startCli(args: readonly string[], folder: string, options: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd ?? folder,
    env: cliEnv(folder, options.env),
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  child.stdin.end(options.stdin ?? '');
  const done = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(toResult(code, output.stdout, output.stderr)));
  });
  return { child, done, waitForStdout: (pattern) => waitFor(child, done, () => output.stdout, pattern) };
}

function waitFor(child: ChildProcess, done: Promise<CliResult>, read: () => string, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (pattern.test(read())) resolve(read());
    };
    child.stdout?.on('data', look);
    done.then(
      (result) =>
        pattern.test(result.stdout)
          ? resolve(result.stdout)
          : reject(new Error(`ended without ${pattern}: ${result.stdout}\n${result.stderr}`)),
      reject,
    );
    look();
  });
}

function toResult(code: number | null, stdout: string, stderr: string): CliResult {
  return {
    code,
    stdout,
    stderr,
    json: () => JSON.parse(stdout),
    lines: () =>
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}

export function runCli(args: readonly string[], folder: string, options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, folder, options).done;
}

/** A line of shell in the same clean environment. */
export function runShell(line: string, folder: string): Promise<CliResult> {
  const child = spawn('sh', ['-c', line], { cwd: folder, env: cliEnv(folder) });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(toResult(code, stdout, stderr)));
  });
}
