import { HandoffError } from '../../src/core/errors.ts';
import type { AgentEvent, Channel } from '../../src/core/events.ts';
import { type DeskRecord, tokenOf } from './desk.ts';

/** Something the visitor said; `unconfirmed` and `refused` were reported as such. */
export interface Said {
  readonly text: string;
  outcome: 'sending' | 'sent' | 'unconfirmed' | 'refused';
  error?: unknown;
}

export type Leaving = 'not-opened' | 'said-goodbye' | 'was-ended' | 'walked-off' | 'aborted' | 'hurried' | 'gave-up';

/** What one chat has come to, as the visitor's side tells it. */
export interface ChatLedger {
  readonly name: string;
  readonly channel: Channel;
  readonly id?: string | undefined;
  readonly opening?: unknown;
  readonly said: readonly Said[];
  readonly events: readonly AgentEvent[];
  readonly leaving: Leaving;
  /** How the events failed, if they did. */
  readonly reading?: unknown;
  /** What the client says. */
  readonly closed: boolean;
  /** Why a chat that was left open could not be closed afterwards. */
  readonly cleaning?: unknown;
  /** What the service says, at the end. */
  readonly stillOpen: boolean;
  /** What the network has done. */
  readonly faults: ReadonlyMap<string, number>;
  requests(): number;
}

/** After these the visitor has heard all that the agents had to say. */
const WHOLE: readonly Leaving[] = ['said-goodbye', 'was-ended'];
/** These stop a message on its way, so that nobody knows whether it was taken. */
const ABRUPT: readonly Leaving[] = ['walked-off', 'aborted'];

/** The service's side of a chat. */
export interface Service {
  readonly desk: DeskRecord;
  /** The texts in the service's journal. */
  readonly posted: ReadonlySet<string>;
  /** Without a replay an event may come by the history alone, and be late. */
  readonly replays: boolean;
}

/** What was promised and not kept, in words; empty where all was. */
export function violations(ledger: ChatLedger, service: Service): readonly string[] {
  const { desk, posted } = service;
  return [
    ...opening(ledger),
    ...ending(ledger, desk),
    ...ledger.said.flatMap((said) => wrongText(said, ledger, desk, posted)),
    ...inventions(ledger, desk),
    ...wrongEvents(ledger, service),
  ];
}

function opening({ opening: error }: ChatLedger): readonly string[] {
  return error === undefined || error instanceof HandoffError ? [] : [`did not open, without a code: ${String(error)}`];
}

function ending({ leaving, reading, closed, stillOpen, cleaning }: ChatLedger, desk: DeskRecord): readonly string[] {
  const mayFail = leaving === 'aborted' || leaving === 'not-opened';
  return [
    ...(stillOpen ? [`left open, although ${closed ? 'reported as closed' : `cleaned up (${String(cleaning)})`}`] : []),
    ...(leaving === 'gave-up' ? ['did not come to its end'] : []),
    ...(leaving === 'was-ended' && !desk.endedByAgent ? ['ended by itself'] : []),
    ...(reading === undefined || mayFail ? [] : [`the events failed: ${told(reading)}`]),
  ];
}

function wrongText(
  { text, outcome, error }: Said,
  { leaving }: ChatLedger,
  { taken }: DeskRecord,
  posted: ReadonlySet<string>,
): readonly string[] {
  const times = taken.filter((other) => other === text).length;
  const name = text.slice(0, 40);
  if (times > 1) return [`taken ${times} times: ${name}`];
  if (times === 1 && !posted.has(text)) return [`taken, yet not in the journal: ${name}`];
  if (outcome === 'sent' && times === 0) return [`sent, yet never taken: ${name}`];
  if (outcome === 'sending') return [`neither sent nor refused: ${name}`];
  const isRefused = outcome === 'refused' && !ABRUPT.includes(leaving);
  return isRefused && times > 0 ? [`refused, yet taken (${told(error)}): ${name}`] : [];
}

function inventions({ said }: ChatLedger, { taken }: DeskRecord): readonly string[] {
  const texts = new Set(said.map(({ text }) => text));
  return taken.filter((text) => !texts.has(text)).map((text) => `taken, yet never said: ${text.slice(0, 40)}`);
}

function wrongEvents({ events, leaving }: ChatLedger, { desk, replays }: Service): readonly string[] {
  const seen = events.flatMap(tokenOf);
  const ends = events.filter((event) => event.type === 'ended').length;
  const receipts = events.flatMap((event) => (event.type === 'receipt' ? `${event.state}: ${event.messageId}` : []));
  const twice = [...repeated(seen.filter(isText)), ...repeated(receipts)];
  const missing = desk.told.filter((token) => isText(token) && !seen.includes(token));
  const strange = seen.filter((token) => !desk.told.includes(token));
  const found = [
    ...(ends > 1 ? [`ended ${ends} times`] : []),
    ...twice.map((token) => `shown twice: ${token.slice(0, 60)}`),
    ...strange.map((token) => `shown, yet never told: ${token.slice(0, 60)}`),
    ...(WHOLE.includes(leaving) ? missing.map((token) => `told, yet never shown: ${token.slice(0, 60)}`) : []),
  ];
  const expected = WHOLE.includes(leaving) ? desk.told : desk.told.slice(0, seen.length);
  if (found.length > 0 || !replays || seen.join('\n') === expected.join('\n')) return found;
  return [`shown in another order than told: ${firstDifference(seen, expected)}`];
}

function repeated(tokens: readonly string[]): readonly string[] {
  return tokens.filter((token, index) => tokens.indexOf(token) !== index);
}

function isText(token: string): boolean {
  return !token.startsWith('joined: ');
}

function firstDifference(seen: readonly string[], expected: readonly string[]): string {
  const at = expected.findIndex((token, index) => token !== seen[index]);
  return `${seen[at]?.slice(0, 60)} in place of ${expected[at]?.slice(0, 60)}`;
}

function told(error: unknown): string {
  const cause = error instanceof HandoffError && error.cause !== undefined ? ` (${told(error.cause)})` : '';
  return error instanceof HandoffError ? `${error.code}: ${error.message}${cause}` : String(error);
}
