import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { asHandoffError, EXIT, HandoffError } from '../core/errors.ts';
import type { Line } from '../core/line.ts';
import { shellWord } from '../core/shell-word.ts';
import type { Scenario, SimulatedRequest, Simulator } from '../simulator/model.ts';
import { DEFAULT_SCENARIO } from '../simulator/scenarios.ts';
import { startSimulator } from '../simulator/start-simulator.ts';
import { requestLines, stoppedLines } from '../ui/request-log.ts';
import { wrapLine } from '../ui/wrap.ts';
import { readText } from './options.ts';
import type { AgentDesk } from './simulate-agent.ts';
import { listSimulations, nameFault } from './simulate-list.ts';

interface SimulateOptions {
  readonly port?: number;
  readonly scenario?: string;
  readonly fault?: readonly string[];
  readonly list?: true;
  readonly anyOrg?: true;
  readonly tls?: true;
  readonly pace?: string;
  readonly replay?: string;
  readonly agent?: true | string;
}

/** Runs both services until interrupted, which is how it usually ends and therefore no error, or until the person at `--agent` has left. */
export async function run(options: SimulateOptions, context: Context): Promise<number> {
  if (options.list) return listSimulations(context);
  refuseTwoCourses(options);
  const pace = paceOf(options.pace);
  const script = options.replay === undefined ? undefined : await readReplay(options.replay, context);
  const tls = options.tls ? await makeCertificate() : undefined;
  await using trust = tls ? await writeAuthority(tls.cert) : undefined;
  await using desk = options.agent === undefined ? undefined : await openDesk(options.agent, pace, context);
  await using simulator = await startSimulator({
    port: options.port ?? 0,
    pace,
    clock: context.clock,
    random: context.random,
    // At the desk the terminal is the agent's.
    ...(desk ? {} : { onRequest: (request) => tellRequest(request, context) }),
    ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
    ...(script ? { script } : {}),
    ...(desk ? { attend: desk.attend } : {}),
    ...(options.fault ? { faults: options.fault } : {}),
    ...(tls ? { tls } : {}),
    anyOrg: options.anyOrg === true,
  });
  if (desk) {
    const { width } = context.io;
    await desk.show([
      ...welcome(simulator, options, trust?.path, width),
      ...wrapLine([{ text: DESK_HINT, tone: 'dim' }], width),
      [''],
    ]);
    await desk.finished();
    return exitCodeOf(context);
  }
  await announce(simulator, options, trust?.path, context);
  await aborted(context.signal);
  await context.io.note(stoppedLines({ ...simulator.totals(), open: simulator.openChats() }));
  return exitCodeOf(context);
}

function tellRequest(request: SimulatedRequest, { io, signal }: Context): void {
  if (!signal.aborted) void io.note(requestLines(request, io.verbose));
}

function exitCodeOf({ signal }: Context): number {
  return signal.aborted ? asHandoffError(signal.reason).exitCode : EXIT.ok;
}

const DESK_HINT = 'You are the agent: type to answer, /help lists what else you can do, Ctrl-D leaves.';

/** Each of them says what happens in a chat, so there can be one. */
function refuseTwoCourses(options: SimulateOptions): void {
  const given = (['scenario', 'replay', 'agent'] as const).filter((name) => options[name] !== undefined);
  if (given.length < 2) return;
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `${given.map((name) => `--${name}`).join(' and ')} cannot be given together: each says what happens in a chat`,
    hint: 'sf-handoff simulate --help',
  });
}

const LARGEST_RECORDING = 128 * 1024 * 1024;

async function readReplay(path: string, context: Context): Promise<Scenario> {
  const { size } = await stat(resolve(context.cwd, path)).catch((error: unknown) => {
    throw new HandoffError('FILE_UNREADABLE', { message: `${path} could not be read`, cause: error });
  });
  if (size > LARGEST_RECORDING) {
    throw new HandoffError('RECORDING_INVALID', { message: `${path} is larger than 128 MB, too much to play back` });
  }
  const { replayScenario } = await import('../simulator/replay.ts');
  return replayScenario(await readText(path, context), path);
}

async function openDesk(agent: true | string, pace: number, context: Context): Promise<AgentDesk> {
  const { openAgentDesk } = await import('./simulate-agent.ts');
  return openAgentDesk(agent, pace, context);
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

async function announce(
  simulator: Simulator,
  options: SimulateOptions,
  caFile: string | undefined,
  context: Context,
): Promise<void> {
  const { io } = context;
  if (!io.json) return io.print([...welcome(simulator, options, caFile, io.width), ['Ctrl-C stops it.']]);
  const { port, urls, values } = simulator;
  const course = options.replay === undefined ? { scenario: nameOf(options) } : { replay: options.replay };
  await io.printJson(
    { port, urls, ...course, faults: options.fault ?? [], values, ...(caFile ? { caFile } : {}) },
    'line',
  );
}

function nameOf(options: SimulateOptions): string {
  return options.scenario ?? DEFAULT_SCENARIO;
}

function welcome(simulator: Simulator, options: SimulateOptions, caFile: string | undefined, width: number): Line[] {
  const { miaw, 'live-chat': live } = simulator.values;
  const trust = caFile ? [`The certificate was made on the spot; trust it with --ca-file ${shellWord(caFile)}`] : [];
  const faults = options.fault ? [`broken: ${options.fault.map(nameFault).join(', ')}`] : [];
  return [
    `Simulating both services on 127.0.0.1:${simulator.port}, ${courseOf(options)}`,
    ...faults,
    ...trust,
    '',
    'MIAW',
    `  sf-handoff test-chat --org-id ${miaw.orgId} --base-url ${miaw.baseUrl} --developer-name ${miaw.developerName}`,
    'Live Chat',
    `  sf-handoff test-chat --live-agent-url ${live.liveAgentUrl} --org-id ${live.orgId} --deployment-id ${live.deploymentId} --button-id ${live.buttonId}`,
    '',
    // A command stays one line, so that it can be copied.
  ].flatMap((text) => (text.startsWith('  sf-handoff ') ? [[text]] : wrapLine([text], width)));
}

function courseOf(options: SimulateOptions): string {
  if (options.agent !== undefined) return 'with you as the agent';
  return options.replay === undefined ? `scenario ${nameOf(options)}` : `playing back ${options.replay}`;
}
