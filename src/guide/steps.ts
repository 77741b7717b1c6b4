import { CAPABILITIES } from './capabilities.ts';
import type { GuideEntry } from './entry.ts';
import { LIVE_CHAT } from './live-chat.ts';
import { METADATA } from './metadata.ts';
import { MIAW } from './miaw.ts';
import { PREREQUISITE } from './prerequisite.ts';

export type { GuideEntry } from './entry.ts';

/** The whole set-up guide, in the order of the vendor's page and corrected where that page is wrong or old. */
export const GUIDE: readonly GuideEntry[] = [...PREREQUISITE, ...LIVE_CHAT, ...MIAW, ...CAPABILITIES, ...METADATA];
