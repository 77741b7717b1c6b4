import type { Finding } from '../core/config.ts';
import type { GuideStep } from '../core/guide-step.ts';
import { shown } from './clean-text.ts';
import { isKnownId } from './key-prefixes.ts';
import { findingsAt } from './verdict.ts';

/** The part of a pasted text that is, or should be, the record ID. */
export interface LocatedId {
  readonly text: string;
  readonly findings: readonly Finding[];
}

const PLAIN = /^[0-9A-Za-z]+$/;
/** As long as the 18-character form, but the last three cannot be a suffix. */
const ODD_SUFFIX = /^[0-9A-Za-z]{15}(?![0-9A-Za-z]{3})[^\s/?#&]{3}$/;
const LONGEST_SEARCHED = 4000;

/**
 * Finds the record ID in what stands in an ID field: the ID itself, a record's address, a Lightning Setup address that carries it
 * percent-encoded, or some text around it. An ID with the wanted prefix wins over others. Null where the text is an address without an ID.
 */
export function locateId(text: string, prefix: string, step: GuideStep): LocatedId | null {
  if (PLAIN.test(text)) return { text, findings: [] };
  const { info, warn } = findingsAt(step);
  const plain = decodeRepeatedly(text.slice(0, LONGEST_SEARCHED));
  const ids = idsIn(plain);
  const id = ids.find((candidate) => candidate.startsWith(prefix)) ?? ids[0];
  if (isAddress(plain)) {
    if (id === undefined) return null;
    return { text: id, findings: [fromAddress(plain, id, info)] };
  }
  if (ODD_SUFFIX.test(plain)) return { text: plain, findings: [] };
  if (id !== undefined) {
    const hint = `enter ${id.slice(0, 15)} alone`;
    return {
      text: id,
      findings: [warn('ID_FROM_TEXT', `The ID was taken out of a longer text: ${shown(text)}`, hint)],
    };
  }
  const joined = plain.replace(/[\s-]+/g, '');
  if (joined === plain || !PLAIN.test(joined) || ![15, 18].includes(joined.length))
    return { text: plain, findings: [] };
  const hint = 'enter the ID without blanks and hyphens';
  return { text: joined, findings: [info('ID_HAD_BLANKS', 'Blanks or hyphens inside the ID were removed', hint)] };
}

function fromAddress(address: string, id: string, info: ReturnType<typeof findingsAt>['info']): Finding {
  const hint = `enter ${id.slice(0, 15)} alone, without the address around it`;
  return /\/lightning\//i.test(address)
    ? info('ID_FROM_SETUP_URL', 'The ID was taken out of an address of Lightning Setup', hint)
    : info('ID_FROM_URL', 'The ID was taken out of the record’s address', hint);
}

function isAddress(text: string): boolean {
  return /^[a-z]+:\/\//i.test(text) || /[/?#]/.test(text) || /^[\w.-]+\.[a-z]{2,}$/i.test(text);
}

/** Everything in the text that is as long as an ID and begins as the ID of a known object does. */
export function idsIn(text: string): string[] {
  return (text.match(/[0-9A-Za-z]+/g) ?? []).filter(isKnownId);
}

/** Undoes percent encoding, also where it was applied twice; a broken escape is left as it is. */
export function decodeRepeatedly(text: string): string {
  let plain = text;
  for (let round = 0; round < 2 && plain.includes('%'); round++) plain = decodePercent(plain);
  return plain;
}

function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
