import type { RecordedRequest, RecordingLine } from '../core/recording.ts';
import { CONVERSATION_PATHS, MIAW_PATHS, SSE_EVENTS } from '../protocol/miaw.ts';
import type { Moment, Moments } from './replay.ts';
import { createMiawReader, type MiawReader, type RecordedEntry } from './replay-miaw-entry.ts';
import { type Exchanges, innerOf, objectOf, objectsOf, textOf } from './replay-read.ts';

/** What the lines hold, before it is read in its order. */
type Item =
  | { readonly at: number; readonly entry: RecordedEntry }
  | { readonly at: number; readonly cut: true }
  | { readonly at: number; readonly moment: Moment };

interface Sorting {
  readonly exchanges: Exchanges;
  /** Entries that stand in the list: a stream that was opened again, or the history, tells them once more. */
  readonly known: Set<string>;
  readonly sent: Set<string>;
}

/** The event streams of a recorded conversation as moments; what only the history told stands where it was asked for. */
export function miawMoments(lines: readonly RecordingLine[], exchanges: Exchanges): Moments {
  const sorting: Sorting = { exchanges, known: new Set(), sent: new Set() };
  const items = lines.flatMap((line) => itemsOf(sorting, line));
  const reader = createMiawReader(items.flatMap((item) => ('entry' in item ? [item.entry] : [])));
  return { moments: items.flatMap((item) => momentsOf(reader, item)), agents: 'online' };
}

function momentsOf(reader: MiawReader, item: Item): readonly Moment[] {
  const { at } = item;
  if ('moment' in item) return [item.moment];
  if ('entry' in item) return reader.entry(item.entry).map((emit) => ({ at, emit }));
  return reader.begun() && !reader.over() ? [{ at, fault: 'drop-stream' }] : [];
}

function itemsOf(sorting: Sorting, line: RecordingLine): readonly Item[] {
  const { at, exchange } = line;
  const path = sorting.exchanges.request(exchange)?.path.split('?')[0] ?? '';
  switch (line.type) {
    case 'request':
      return requested(sorting, line, path).map((moment) => ({ at, moment }));
    case 'event':
      return news(sorting, [entryOf(line.event, objectOf(line.data).conversationEntry)], at);
    case 'answer':
      if (!path.endsWith(CONVERSATION_PATHS.entries)) return [];
      return news(sorting, inOrder(objectsOf(objectOf(line.body).conversationEntries)), at);
    case 'end':
      return isCut(sorting, line.by, path, exchange) ? [{ at, cut: true }] : [];
    default:
      return [];
  }
}

function requested({ exchanges, sent }: Sorting, line: RecordedRequest, path: string): readonly Moment[] {
  if (line.method !== 'POST' || exchanges.status(line.exchange) >= 400) return [];
  if (path.endsWith(MIAW_PATHS.conversation)) return [{ at: line.at, started: true }];
  if (!path.endsWith(CONVERSATION_PATHS.message)) return [];
  const id = textOf(objectOf(objectOf(line.body).message).id) ?? `${line.exchange}`;
  if (sent.has(id)) return [];
  sent.add(id);
  return [{ at: line.at, said: true }];
}

/** A stream that was open and that the client did not close. */
function isCut({ exchanges }: Sorting, by: string, path: string, exchange: number): boolean {
  return by !== 'client' && path.endsWith(MIAW_PATHS.stream) && exchanges.status(exchange) === 200;
}

function news({ known }: Sorting, entries: readonly (RecordedEntry | undefined)[], at: number): readonly Item[] {
  return entries.flatMap((entry) => {
    if (!entry || known.has(entry.identifier)) return [];
    known.add(entry.identifier);
    return [{ at, entry }];
  });
}

/** The history comes newest first, unless it was asked for the other way round. */
function inOrder(entries: ReturnType<typeof objectsOf>): readonly (RecordedEntry | undefined)[] {
  const time = (entry: (typeof entries)[number]) => Number(entry.transcriptedTimestamp ?? 0);
  return entries.toSorted((a, b) => time(a) - time(b)).map((entry) => entryOf(undefined, entry));
}

function entryOf(event: string | undefined, value: unknown): RecordedEntry | undefined {
  const entry = objectOf(value);
  const identifier = textOf(entry.identifier);
  const entryType = textOf(entry.entryType);
  if (identifier === undefined || entryType === undefined || event === SSE_EVENTS.ping) return undefined;
  const name = textOf(entry.senderDisplayName);
  return {
    identifier,
    entryType,
    ...(event === undefined ? {} : { event }),
    payload: innerOf(entry.entryPayload),
    sender: objectOf(entry.sender),
    ...(name === undefined ? {} : { senderName: name }),
  };
}
