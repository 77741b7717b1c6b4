import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** What is tried here needs no more of YAML than our own file uses: two blanks a level, one line a value, `run: |`. */
interface Step {
  readonly id: string;
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly script: string;
}

export interface Action {
  readonly text: string;
  /** Defaults of the inputs, empty where there is none. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export async function readAction(): Promise<Action> {
  const text = await readFile(join(ROOT, 'action.yml'), 'utf8');
  const [, inputs = '', outputs = '', steps = ''] = text.split(/^(?:inputs|outputs|runs):\n/m);
  return {
    text,
    inputs: entries(inputs, 'default'),
    outputs: entries(outputs, 'value'),
    steps: steps
      .split(/^ {4}- name: .*\n/m)
      .slice(1)
      .map(readStep),
  };
}

function entries(section: string, key: string): Record<string, string> {
  const found = section
    .split(/^ {2}(?=\S)/m)
    .slice(1)
    .map((entry) => [/^[^:]+/.exec(entry)?.[0] ?? '', plain(lineOf(entry, key))]);
  return Object.fromEntries(found);
}

function readStep(text: string): Step {
  const [head = '', script = ''] = text.split(/^ {6}run: \|\n/m);
  const env = [...(head.split(/^ {6}env:\n/m)[1] ?? '').matchAll(/^ {8}(\w+): (.*)$/gm)];
  return {
    id: lineOf(head, 'id'),
    env: Object.fromEntries(env.map(([, name = '', value = '']) => [name, plain(value)])),
    directory: lineOf(head, 'working-directory'),
    script: script.replace(/^ {8}/gm, ''),
  };
}

function lineOf(text: string, key: string): string {
  return new RegExp(`^ *${key}: (.*)$`, 'm').exec(text)?.[1] ?? '';
}

function plain(value: string): string {
  return value.replace(/^(['"])(.*)\1$/, '$2');
}

/** The code blocks of a language in a page. */
export async function codeBlocks(page: string, language: string): Promise<string[]> {
  const text = await readFile(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map((found) => found[2] ?? '');
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A script as a runner runs it: bash without any start-up file, in an environment that holds what is given and nothing else. */
export function runBash(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
    cwd,
    env: { ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

export interface ActionRun {
  readonly code: number;
  /** Both streams of all steps: GitHub reads them alike. */
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

interface ActionOptions {
  readonly inputs: Readonly<Record<string, string>>;
  /** The checked-out repository that uses the Action. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the steps of our Action one after the other, as a runner does: each in a clean shell, up to the first that fails. */
export async function runAction({ inputs, folder, env = {} }: ActionOptions): Promise<ActionRun> {
  const action = await readAction();
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...action.inputs, ...inputs })) known[`inputs.${name}`] = value;
  const fill = (text: string) =>
    text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, expression: string) => known[expression] ?? '');
  const temp = await mkdtemp(join(folder, 'runner temp-'));
  const summary = join(temp, 'summary.md');
  let [code, log] = [0, ''];
  for (const step of action.steps) {
    const output = join(temp, `${step.id}.txt`);
    await writeFile(output, '');
    const given = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fill(value)]));
    const ran = await runBash(step.script, resolve(folder, fill(step.directory)), {
      ...shellEnv(folder),
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: temp,
      ...env,
      ...given,
    });
    log += ran.stdout + ran.stderr;
    code = ran.code ?? -1;
    for (const line of (await readFile(output, 'utf8')).split('\n')) {
      const [, name, value = ''] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
      if (name) known[`steps.${step.id}.outputs.${name}`] = value;
    }
    if (code !== 0) break;
  }
  const outputs = Object.entries(action.outputs).map(([name, value]) => [name, fill(value)]);
  return {
    code,
    log,
    summary: await readFile(summary, 'utf8').catch(() => ''),
    outputs: Object.fromEntries(outputs),
  };
}

/** What a clean shell has: where programs are, and a home of its own. */
export function shellEnv(home: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', CI: 'true', npm_config_update_notifier: 'false' };
}
