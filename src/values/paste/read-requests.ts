import { decodeRepeatedly } from '../id-location.ts';
import type { Candidate } from './candidate.ts';
import { fieldOfKey } from './field-keys.ts';

const PARAMETER = /[?&;#]([A-Za-z][\w.-]{1,40})=([^&\s"'<>`;#]{1,400})/g;
const MOST = 1000;

/** Reads the query strings of copied requests, whose lists (`Settings.buttonIds=[573…,573…]`) give a value each. */
export function readRequests(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(PARAMETER)) {
    const [whole, key = '', encoded = ''] = match;
    const field = fieldOfKey(decodeRepeatedly(key));
    if (field === undefined || field === 'baseUrl' || field === 'liveAgentUrl') continue;
    const offset = match.index + whole.length - encoded.length;
    const values = decodeRepeatedly(encoded)
      .replace(/[[\]()]/g, '')
      .split(',');
    found.push(
      ...values
        .filter((value) => value.trim() !== '')
        .map((value): Candidate => ({ field, text: value.trim(), offset, rank: 'named' })),
    );
    if (found.length >= MOST) break;
  }
  return found;
}
