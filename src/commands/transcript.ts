import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { ChatSummary } from '../chat/summary.ts';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';
import type { AgentEvent } from '../core/events.ts';
import { createChatLog } from '../ui/chat-log.ts';
import { encodeJson } from '../ui/json.ts';
import { plainLine } from '../ui/plain.ts';
import { toJsonEvent } from './chat-view.ts';

/** Writes the chat to a file, in mid-chat without a summary: JSON where the name ends in `.json`, readable text otherwise; secrets are redacted in both. */
export async function writeTranscript(
  path: string,
  events: readonly AgentEvent[],
  summary: ChatSummary | undefined,
  context: Context,
): Promise<void> {
  const text =
    extname(path) === '.json'
      ? encodeJson({ events: events.map((event) => toJsonEvent(event)), ...(summary ? { summary } : {}) }, 'document')
      : plainText(events);
  try {
    await writeFile(resolve(context.cwd, path), context.secrets.redact(text), { mode: 0o600 });
  } catch (error) {
    throw new HandoffError('FILE_UNWRITABLE', { message: `${path} could not be written`, cause: error });
  }
}

function plainText(events: readonly AgentEvent[]): string {
  const log = createChatLog({ width: 100, unicode: true, verbose: false });
  return events
    .flatMap(log)
    .map((line) => `${plainLine(line)}\n`)
    .join('');
}
