import type { EmbeddedServiceConfig } from '../protocol/miaw.ts';
import type { Bell } from './miaw-bell.ts';
import type { Line } from './miaw-call.ts';
import type { Introduction } from './miaw-conversation.ts';
import type { Outbox } from './miaw-outbox.ts';
import type { Receipts } from './miaw-receipts.ts';
import type { MiawState } from './miaw-state.ts';
import type { StreamLink } from './miaw-stream.ts';

/** What the parts of one open conversation share: reader, sender, goodbye. */
export interface MiawChat {
  readonly line: Line;
  readonly intro: Introduction;
  /** The deployment as published; undefined where the token came without it. */
  readonly published: EmbeddedServiceConfig | undefined;
  /** The caller's: aborting it makes reads throw its reason. */
  readonly outer: AbortSignal;
  /** Ours: aborted by dispose, which ends reads quietly. */
  readonly stop: AbortController;
  /** Either of the two. */
  readonly reading: AbortSignal;
  readonly link: StreamLink;
  readonly bell: Bell;
  readonly outbox: Outbox;
  readonly receipts: Receipts;
  state: MiawState;
  /** Our goodbye under way, or done. */
  ending: Promise<void> | undefined;
  /** The service has confirmed an end. */
  closed: boolean;
  /** The conversation itself is closed, so there is nothing left to close. */
  gone: boolean;
}
