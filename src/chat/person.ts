import type { Line } from '../core/line.ts';
import type { FileToSend } from '../core/session.ts';

/** What the terminal lends to the person who types in it. */
export interface PersonPowers {
  /** Shows something that is no event of the chat. */
  tell(lines: readonly Line[]): Promise<void>;
  /** Puts a question before the input line; undefined takes it away again. */
  ask(question: string | undefined): void;
  /** Calls `listener` whenever a message is being written. */
  onStroke(listener: () => void): void;
  readFile(path: string): Promise<FileToSend>;
  /** Writes what the chat has shown so far. */
  writeTranscript(path: string): Promise<void>;
}

/** For whoever only types. */
export const NOBODY: Pick<PersonPowers, 'tell' | 'ask' | 'onStroke'> = {
  tell: () => Promise.resolve(),
  ask: () => undefined,
  onStroke: () => undefined,
};
