import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { arch, platform, release } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';
import { redactAll } from '../core/redact.ts';
import type { Exchange } from '../doctor/exchanges.ts';
import { encodeJson } from '../ui/json.ts';
import { outline } from '../ui/outline.ts';
import { shortenIds, shortenUuids } from '../ui/short-ids.ts';
import type { DoctorRun } from './doctor-output.ts';
import type { Target } from './target.ts';

interface Examined {
  readonly target: Target;
  readonly run: DoctorRun | undefined;
  readonly exchanges: readonly Exchange[] | undefined;
}

interface BundleOptions {
  readonly path: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly level: string;
}

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'] as const;
const OTHER_VARIABLES = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'CI'] as const;

/** Makes sure before any work that the bundle will find its folder. */
export async function ensureFolder(path: string, context: Context): Promise<void> {
  const folder = dirname(resolve(context.cwd, path));
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new HandoffError('FILE_UNWRITABLE', { message: `${path} cannot be written`, cause: error });
  }
}

/** Shows what would be handed to support, asks where somebody is there to ask, and writes it: text for `.txt`, else JSON. */
export async function writeBundle(found: readonly Examined[], options: BundleOptions, context: Context): Promise<void> {
  const { io } = context;
  const text = bundleText(found, options, context);
  if (io.interactive && !io.json) {
    await io.print([[''], [{ text: 'The support bundle, all of it:', tone: 'bold' }]]);
    await io.print(text.split('\n').map((line) => [line]));
    const agreed = await (await context.prompter()).confirm(`Write this to ${options.path}?`, true);
    if (!agreed) return io.note([['Nothing was written']]);
  }
  try {
    await writeFile(resolve(context.cwd, options.path), text, { mode: 0o600 });
  } catch (error) {
    throw new HandoffError('FILE_UNWRITABLE', { message: `${options.path} could not be written`, cause: error });
  }
  await io.note([[`Support bundle written to ${options.path}; look through it before you hand it on`]]);
}

/** The bundle as text, with ids shortened, pre-chat values and secrets left out. */
export function bundleText(found: readonly Examined[], options: BundleOptions, context: Context): string {
  const document = redactAll(context.secrets, bundleDocument(found, options, context));
  const written = options.path.endsWith('.txt') ? outline(document) : encodeJson(document, 'document');
  const preChat = found.flatMap(({ target }) => Object.values(target.given.preChat ?? {}));
  const personal = [...new Set(preChat)].filter((value) => typeof value === 'string' && value.length > 2) as string[];
  const safe = personal.reduce(
    (text, value) => text.replaceAll(JSON.stringify(value).slice(1, -1), '[pre-chat value]'),
    context.secrets.redact(written),
  );
  return shortenUuids(shortenIds(safe));
}

function bundleDocument(found: readonly Examined[], options: BundleOptions, context: Context): object {
  const { env, version } = context;
  const set = (names: readonly string[]) => names.filter((name) => env[name]);
  return {
    tool: { name: 'sf-handoff', version },
    node: process.version,
    platform: { name: platform(), release: release(), arch: arch() },
    environment: { proxies: set(PROXY_VARIABLES), others: set(OTHER_VARIABLES) },
    startedAt: new Date(options.startedAt).toISOString(),
    level: options.level,
    runs: found.map(runOf),
  };
}

function runOf({ target, run, exchanges = [] }: Examined): object {
  const values = target.validation.values.map(({ field, source, given, value, status }) => ({
    field,
    source: source.kind,
    given,
    value,
    status,
  }));
  return {
    profile: run?.profile ?? target.name,
    channel: target.validation.channel,
    ok: run?.ok,
    durationMs: run?.durationMs,
    values,
    preChat: Object.keys(target.given.preChat ?? {}),
    checks: run?.checks.map(({ data: _, ...check }) => check),
    exchanges: exchanges.map(({ at, ...exchange }) => ({ at: new Date(at).toISOString(), ...exchange })),
  };
}
