import { decodeMessage } from './miaw-decode-message.ts';
import { decodeParticipants } from './miaw-decode-participants.ts';
import { decodeReceipt } from './miaw-decode-receipt.ts';
import { decodeQueuePosition, decodeRoutingResult, decodeWorkResult } from './miaw-decode-routing.ts';
import { decodeSessionStatus } from './miaw-decode-status.ts';
import { decodeProgress, decodeStreamedToken, decodeTyping } from './miaw-decode-typing.ts';
import type { WireEntry } from './miaw-entry.ts';
import { type Decoded, type MiawState, unknown } from './miaw-state.ts';

/** What one entry means after all that came before. Pure; odd shapes and new types become `unknown` events. */
export function decodeMiaw(state: MiawState, entry: WireEntry): Decoded {
  switch (entry.kind) {
    case 'message':
      return decodeMessage(state, entry);
    case 'routingResult':
      return decodeRoutingResult(state, entry);
    case 'routingWorkResult':
      return decodeWorkResult(state, entry);
    case 'participantChanged':
      return decodeParticipants(state, entry);
    case 'sessionStatusChanged':
      return decodeSessionStatus(state, entry);
    case 'queuePosition':
      return decodeQueuePosition(state, entry);
    case 'typingStarted':
    case 'typingStopped':
      return decodeTyping(state, entry);
    case 'delivered':
    case 'read':
      return decodeReceipt(state, entry);
    case 'progress':
      return decodeProgress(state, entry);
    case 'streamingToken':
      return decodeStreamedToken(state, entry);
    case 'closed':
      return { state: { ...state, session: 'ended' }, events: [{ type: 'ended', by: 'visitor' }] };
    case 'other':
      return unknown(state, entry);
    default:
      return entry.kind satisfies never;
  }
}
