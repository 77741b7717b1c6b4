import type { Answer } from './miaw-answer.ts';
import { isObject } from './miaw-body.ts';
import { namedDeploymentRefused } from './miaw-checks.ts';
import { authorizeFor } from './miaw-conversations.ts';
import { type StoredEntry, withTextPayload } from './miaw-entry.ts';
import { transcriptPdf } from './miaw-pdf.ts';
import { isWithin, limitOf } from './miaw-query.ts';
import { hasFault, type MiawState } from './miaw-state.ts';
import { textOfMessage } from './miaw-visitor-text.ts';
import type { ReceivedRequest } from './world.ts';

const TRANSCRIPT_ENTRIES = 200;

/** The newest entries, newest first; `direction=FromStart` turns both round. */
export function showEntries(state: MiawState, request: ReceivedRequest, id: string): Answer {
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  const query = request.url.searchParams;
  const types = (query.get('entryTypeFilter') ?? '').split(',').filter((type) => type !== '');
  const fitting = found.conversation.entries.filter(
    (entry) => (types.length === 0 || types.includes(entry.entryType)) && isWithin(query, entry.transcriptedTimestamp),
  );
  const ordered = query.get('direction') === 'FromStart' ? fitting : fitting.toReversed();
  const isText = hasFault(state, 'entries-string', found.conversation.subject);
  const page = ordered.slice(0, limitOf(query));
  return { status: 200, json: { conversationEntries: isText ? page.map(withTextPayload) : page } };
}

/** The last messages as a PDF. */
export function showTranscript(state: MiawState, request: ReceivedRequest, id: string): Answer {
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  const refusal = namedDeploymentRefused(state.world, request.url.searchParams);
  if (refusal) return refusal;
  const lines = found.conversation.entries
    .filter((entry) => entry.entryType === 'Message')
    .slice(-TRANSCRIPT_ENTRIES)
    .map(lineOf);
  const headers = { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="transcript.pdf"' };
  return { status: 200, bytes: transcriptPdf(lines), headers };
}

function lineOf(entry: StoredEntry): string {
  const { abstractMessage } = entry.entryPayload;
  const text = isObject(abstractMessage) ? textOfMessage(abstractMessage) : '';
  return `${new Date(entry.transcriptedTimestamp).toISOString()}  ${entry.senderDisplayName}: ${text}`;
}
