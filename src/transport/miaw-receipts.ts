import { type AcknowledgeRequest, CONVERSATION_PATHS } from '../protocol/miaw.ts';
import { callLine, type Line } from './miaw-call.ts';

type Ack = AcknowledgeRequest['acks'][number];

/** Our receipts for what others wrote: sent in order, one request at a time, never waited for by the reader. */
export interface Receipts {
  readonly line: Line;
  readonly signal: AbortSignal;
  pending: Ack[];
  sending: Promise<void> | undefined;
}

const MOST_IN_ONE = 100;
const MOST_PENDING = 5000;

export function createReceipts(line: Line, signal: AbortSignal): Receipts {
  return { line, signal, pending: [], sending: undefined };
}

export function acknowledge(receipts: Receipts, entryType: Ack['entryType'], conversationEntryId: string): void {
  // A service that takes no receipts must not fill the memory.
  if (receipts.pending.length >= MOST_PENDING) return;
  const id = receipts.line.deps.random.uuid().toLowerCase();
  receipts.pending.push({ id, entryType, conversationEntryId });
  start(receipts);
}

function start(receipts: Receipts): void {
  if (receipts.pending.length === 0 || receipts.signal.aborted) return;
  receipts.sending ??= sendAll(receipts).then(() => {
    receipts.sending = undefined;
    start(receipts);
  });
}

/** Resolves once nothing is left to send; never rejects. */
export async function receiptsSent(receipts: Receipts): Promise<void> {
  while (receipts.sending) await receipts.sending;
}

/** What gathers while one request is under way goes along with the next. */
async function sendAll(receipts: Receipts): Promise<void> {
  while (receipts.pending.length > 0 && !receipts.signal.aborted) {
    const acks = receipts.pending.splice(0, MOST_IN_ONE);
    await send(receipts, { acks });
  }
}

async function send({ line, signal }: Receipts, body: AcknowledgeRequest): Promise<void> {
  const path = CONVERSATION_PATHS.acknowledge;
  // A receipt is a courtesy: the chat goes on without it.
  await callLine(line, { method: 'POST', path, body, repeat: 'never', signal }).catch(() => undefined);
}
