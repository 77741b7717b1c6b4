import { decodeRepeatedly, idsIn } from '../id-location.ts';
import { fieldOfId } from '../id-owner.ts';
import { addressKind } from './address-kind.ts';
import type { Candidate } from './candidate.ts';

/** Something in a paste that looks like an ID or an address of Salesforce. */
export interface LooseValue {
  readonly text: string;
  readonly offset: number;
  readonly candidate?: Candidate;
}

interface Found extends LooseValue {
  readonly distance: number;
}

const WORD = /[^\s"'`<>(),;{}|\\]+/g;
const LONGEST_WORD = 2000;
const MOST = 2000;
const SALESFORCE = /salesforce|force\.com|site\.com|localhost|127\.|\[::1\]/i;

/** Finds IDs by their prefix and addresses by their host, the most direct address first, wherever they stand. */
export function readLoose(text: string): LooseValue[] {
  const found: Found[] = [];
  for (const match of text.matchAll(WORD)) {
    if (match[0].length <= LONGEST_WORD) found.push(...valuesOf(match[0], match.index));
    if (found.length >= MOST) break;
  }
  if (found.length === 0) found.push(...loneAddress(text.trim()));
  return found.sort((a, b) => a.distance - b.distance || a.offset - b.offset).map(withoutDerived(found));
}

/** An address that is the whole paste is taken for a value whatever its host, so that the host is judged by name. */
function loneAddress(text: string): Found[] {
  if (
    text.length > LONGEST_WORD ||
    !/^(?:https?:\/\/\S+|[\w.-]*(?:salesforce|force\.|sfcrm)[\w.-]*\.[a-z]{2,}(?:\/\S*)?)$/i.test(text)
  )
    return [];
  return [{ text, offset: 0, distance: 0, candidate: { field: 'baseUrl', text, offset: 0, rank: 'loose' } }];
}

/** Only the most direct addresses of a field are candidates; those that would have to be derived are merely there. */
function withoutDerived(found: readonly Found[]): (value: Found) => LooseValue {
  const nearest = new Map<string, number>();
  for (const { candidate, distance } of found) {
    if (candidate) nearest.set(candidate.field, Math.min(distance, nearest.get(candidate.field) ?? distance));
  }
  return ({ text, offset, candidate, distance }) =>
    candidate && nearest.get(candidate.field) === distance ? { text, offset, candidate } : { text, offset };
}

function valuesOf(word: string, offset: number): Found[] {
  const plain = decodeRepeatedly(word).replace(/^[\w-]+=(?=https?:)/i, '');
  const ids = plain.length < 15 ? [] : idsIn(plain);
  const address = SALESFORCE.test(plain) ? addressAt(plain, offset) : [];
  // The address of a record leads to that record, not to the service.
  const isRecord = ids.length > 0 && address.every(({ distance }) => distance > 1);
  return [...ids.map((id) => idAt(id, offset, /invite/i.test(plain))), ...(isRecord ? [] : address)];
}

function idAt(id: string, offset: number, isInvitation: boolean): Found {
  const field = fieldOfId(id);
  const value = { text: id, offset, distance: 0 };
  if (field === undefined) return value;
  return { ...value, candidate: { field, text: id, offset, rank: isInvitation ? 'invitation' : 'loose' } };
}

function addressAt(word: string, offset: number): Found[] {
  const kind = addressKind(word);
  if (!kind) return [];
  const text = word.replace(/[?#].*$/, '').replace(/[.,:*]{1,9}$/, '');
  return [{ text, offset, distance: kind.distance, candidate: { field: kind.field, text, offset, rank: 'loose' } }];
}
