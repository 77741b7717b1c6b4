import type { Profiles } from './config/profiles.ts';
import type { Clock, Random } from './core/clock.ts';
import { decodeText } from './core/decode-text.ts';
import { HandoffError } from './core/errors.ts';
import type { Http, NetworkOptions } from './core/http.ts';
import type { Secrets } from './core/redact.ts';
import type { RecordOptions } from './http/record.ts';
import type { Leftovers } from './state/leftovers.ts';
import type { Io } from './ui/io.ts';
import type { Prompter } from './ui/prompter.ts';

/** Everything a command may use of the world. The costly parts are loaded when they are first asked for. */
export interface Context {
  readonly io: Io;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  /** Aborts on Ctrl-C, Ctrl-Break, SIGTERM and SIGHUP with INTERRUPTED or TERMINATED as its reason. */
  readonly signal: AbortSignal;
  /** Aborts `signal` as Ctrl-C does, for those who read the keyboard themselves. */
  interrupt(): void;
  /** Ids of the conversations open at this moment, for who has to leave without closing them. */
  readonly openChats: Set<string>;
  readonly version: string;
  readonly platform: NodeJS.Platform;
  /** Major version of Node that runs the program. */
  readonly nodeMajor: number;
  http(options: NetworkOptions): Promise<Http>;
  /** The same way to the network, with everything that goes through it written down. */
  recorded(http: Http, options: Omit<RecordOptions, 'clock' | 'secrets'>): Promise<Http>;
  prompter(): Promise<Prompter>;
  profiles(): Promise<Profiles>;
  leftovers(): Promise<Leftovers>;
  readStdin(): Promise<string>;
  /** Closes what was opened through this context. */
  close(): Promise<void>;
}

export type ContextParts = Omit<
  Context,
  'http' | 'recorded' | 'prompter' | 'profiles' | 'leftovers' | 'readStdin' | 'close'
>;

const LARGEST_STDIN = 2_000_000;

export function createContext(parts: ContextParts): Context {
  const opened: Http[] = [];
  return {
    ...parts,
    async http(options) {
      const { createHttp } = await import('./http/client.ts');
      const http = await createHttp({
        ...options,
        env: parts.env,
        clock: parts.clock,
        userAgent: `sf-handoff/${parts.version}`,
      });
      opened.push(http);
      return http;
    },
    async recorded(http, options) {
      const { recordHttp } = await import('./http/record.ts');
      return recordHttp(http, { ...options, clock: parts.clock, secrets: parts.secrets });
    },
    async prompter() {
      const { createPrompter } = await import('./ui/prompter.ts');
      return createPrompter(parts.io, { clock: parts.clock, signal: parts.signal });
    },
    async profiles() {
      const { openProfiles } = await import('./config/profiles.ts');
      return openProfiles({ folder: parts.env.SF_HANDOFF_CONFIG_DIR || undefined, clock: parts.clock });
    },
    async leftovers() {
      const [{ openLeftovers }, { stateFolder }] = await Promise.all([
        import('./state/leftovers.ts'),
        import('./state/state-folder.ts'),
      ]);
      return openLeftovers({
        folder: stateFolder(parts.env, parts.platform),
        clock: parts.clock,
        random: parts.random,
      });
    },
    readStdin: () => readAll(parts.io.streams.stdin, parts.signal),
    async close() {
      await Promise.all(opened.map((http) => http.close()));
    },
  };
}

async function readAll(stream: NodeJS.ReadableStream, signal: AbortSignal): Promise<string> {
  const stop = () => (stream as NodeJS.ReadStream).destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > LARGEST_STDIN)
        throw new HandoffError('INVALID_ARGUMENT', {
          message: 'The pasted text is larger than 2 MB',
          hint: 'paste only the snippet',
        });
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return decodeText(Buffer.concat(chunks));
}
