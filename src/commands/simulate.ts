import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { FAULTS } from '../simulator/faults.ts';
import type { Simulator } from '../simulator/model.ts';
import { SCENARIOS } from '../simulator/scenarios.ts';
import { startSimulator } from '../simulator/start-simulator.ts';

interface SimulateOptions {
  readonly port?: number;
  readonly scenario?: string;
  readonly fault?: readonly string[];
  readonly list?: true;
  readonly tls?: true;
  readonly pace?: string;
  readonly replay?: string;
  readonly agent?: true | string;
}

/** Runs both services until interrupted; resolves only for `--list`. */
export async function run(options: SimulateOptions, context: Context): Promise<number> {
  if (options.list) return list(context);
  const tls = options.tls ? await makeCertificate() : undefined;
  await using trust = tls ? await writeAuthority(tls.cert) : undefined;
  await using simulator = await startSimulator({
    port: options.port ?? 0,
    pace: paceOf(options.pace),
    clock: context.clock,
    random: context.random,
    ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
    ...(options.fault ? { faults: options.fault } : {}),
    ...(tls ? { tls } : {}),
  });
  await announce(simulator, options, trust?.path, context);
  await aborted(context.signal);
  throw context.signal.reason;
}

/** The certificate as a file, for clients that must be told to trust it; removed at the end. */
async function writeAuthority(pem: string): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'sf-handoff-'));
  const path = join(folder, 'simulator.pem');
  await writeFile(path, pem);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const { selfSigned } = await import('../simulator/certificate.ts');
  return selfSigned();
}

function paceOf(text: string | undefined): number {
  const pace = text === undefined ? 1 : Number(text);
  if (pace >= 0 && pace <= 100) return pace;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `“${text}” is not a pace`,
    hint: 'use a number from 0 to 100',
  });
}

async function list(context: Context): Promise<number> {
  if (context.io.json) {
    await context.io.printJson(
      { scenarios: SCENARIOS.map(({ name, title }) => ({ name, title })), faults: FAULTS },
      'document',
    );
    return 0;
  }
  const columns = Math.max(...[...SCENARIOS, ...FAULTS].map((entry) => entry.name.length)) + 3;
  const row = (entry: { name: string; title: string }): Line => [`  ${entry.name.padEnd(columns)}`, entry.title];
  await context.io.print([['Scenarios'], ...SCENARIOS.map(row), [''], ['Faults'], ...FAULTS.map(row)]);
  return 0;
}

async function announce(
  simulator: Simulator,
  options: SimulateOptions,
  caFile: string | undefined,
  context: Context,
): Promise<void> {
  const { io } = context;
  const scenario = options.scenario ?? 'happy-path';
  if (io.json) {
    const { port, urls, values } = simulator;
    await io.printJson(
      { port, urls, scenario, faults: options.fault ?? [], values, ...(caFile ? { caFile } : {}) },
      'line',
    );
    return;
  }
  const { miaw, 'live-chat': live } = simulator.values;
  const trust = caFile ? [`The certificate was made on the spot; trust it with --ca-file ${caFile}`] : [];
  await io.print(
    [
      `Simulating both services on 127.0.0.1:${simulator.port}, scenario ${scenario}`,
      ...trust,
      '',
      'MIAW',
      `  sf-handoff test-chat --org-id ${miaw.orgId} --base-url ${miaw.baseUrl} --developer-name ${miaw.developerName}`,
      'Live Chat',
      `  sf-handoff test-chat --live-agent-url ${live.liveAgentUrl} --org-id ${live.orgId} --deployment-id ${live.deploymentId} --button-id ${live.buttonId}`,
      '',
      'Ctrl-C stops it.',
    ].map((text) => [text]),
  );
}
