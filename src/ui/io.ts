import type { Line } from '../core/line.ts';
import type { Secrets } from '../core/redact.ts';
import { asciiSigns } from './ascii.ts';
import { inert } from './clean.ts';
import { createGatherer, type OutputStream } from './gather.ts';
import { encodeJson } from './json.ts';
import { plainLine } from './plain.ts';

export type { OutputStream } from './gather.ts';

export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

export interface IoFlags {
  readonly color?: boolean;
  readonly input?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/**
 * Where text leaves the program. Results go to stdout, everything else to stderr; every write is redacted, every line cleaned,
 * and a slow reader is waited for. In GitHub Actions no line but those of the report in its format is a command to it.
 */
export interface Io {
  readonly streams: Streams;
  /** Somebody is there to answer: a terminal on both ends, not in CI, not `--no-input`. */
  readonly interactive: boolean;
  /** stderr is a terminal that may be animated. */
  readonly animated: boolean;
  /** The terminal can move its cursor; else plain lines have to do, as also for a screen reader whose user asks for them. */
  readonly movable: boolean;
  readonly width: number;
  readonly unicode: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
  print(lines: readonly Line[]): Promise<void>;
  note(lines: readonly Line[]): Promise<void>;
  /** stderr, also with `--quiet`. */
  complain(lines: readonly Line[]): Promise<void>;
  printJson(value: unknown, layout: 'document' | 'line'): Promise<void>;
  /** A file's content on stdout (a script, an export): redacted, otherwise untouched. */
  printText(text: string): Promise<void>;
  /** Resolves when everything that was printed is out. */
  flush(): Promise<void>;
  /** One line painted for stdout as a string, for those who draw on the terminal themselves. */
  paint(line: Line): string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Where the program finds itself. */
export interface IoPlace {
  readonly streams: Streams;
  readonly env: Env;
  readonly secrets: Secrets;
  readonly platform: NodeJS.Platform;
}

export async function createIo({ streams, env, secrets, platform }: IoPlace, flags: IoFlags = {}): Promise<Io> {
  const paintOut = await painterFor(streams.stdout, env, flags);
  const paintErr = await painterFor(streams.stderr, env, flags);
  const outlet = createGatherer(secrets.redact);
  const unicode = speaksUnicode(env, platform);
  const written = (text: string) => (unicode ? text : asciiSigns(text));
  const shown = (text: string) => (env.GITHUB_ACTIONS === 'true' ? inert(written(text)) : written(text));
  const block = (lines: readonly Line[], paint: (line: Line) => string) =>
    lines.map((line) => `${shown(paint(line))}\n`).join('');
  const attended = !inCi(env) && flags.input !== false;
  const movable = env.TERM !== 'dumb';
  return {
    streams,
    // stdin last and only when asked: Node opens it at the first look, which takes 2 ms.
    get interactive() {
      return attended && streams.stdout.isTTY === true && streams.stdin.isTTY === true;
    },
    animated: !inCi(env) && streams.stderr.isTTY === true && movable && !flags.quiet,
    movable,
    get width() {
      return streams.stdout.columns || Number(env.COLUMNS) || 80;
    },
    unicode,
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
    json: flags.json === true,
    print: (lines) => outlet.write(streams.stdout, block(lines, paintOut)),
    note: (lines) => (flags.quiet ? Promise.resolve() : outlet.write(streams.stderr, block(lines, paintErr))),
    complain: (lines) => outlet.write(streams.stderr, block(lines, paintErr)),
    printJson: (value, layout) => outlet.write(streams.stdout, encodeJson(value, layout)),
    printText: (text) => outlet.write(streams.stdout, text),
    flush: outlet.flush,
    paint: (line) => secrets.redact(written(paintOut(line))),
  };
}

async function painterFor(stream: OutputStream, env: Env, flags: IoFlags): Promise<(line: Line) => string> {
  return wantsColour(stream, env, flags) ? (await import('./style.ts')).paintLine : plainLine;
}

function inCi(env: Env): boolean {
  return Boolean(env.CI) && env.CI !== 'false';
}

function wantsColour(stream: OutputStream, env: Env, flags: IoFlags): boolean {
  if (flags.color === false || flags.json) return false;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

function speaksUnicode(env: Env, platform: NodeJS.Platform): boolean {
  if (env.TERM === 'linux') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (locale) return /utf-?8/i.test(locale);
  return platform !== 'win32' || showsSymbols(env);
}

/** The old console of Windows has no font with our symbols; what came after it names itself. */
function showsSymbols(env: Env): boolean {
  return Boolean(env.WT_SESSION || env.ConEmuANSI || env.TERM_PROGRAM || env.TERMINAL_EMULATOR) || inCi(env);
}
