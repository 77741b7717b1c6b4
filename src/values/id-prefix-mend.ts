import { FIELD_LABELS, type Finding } from '../core/config.ts';
import { idChecksum, restoreCase } from './id-checksum.ts';
import type { IdContext } from './id-shape.ts';
import { prefixOf } from './key-prefixes.ts';
import { findingsAt } from './verdict.ts';

export interface MendedPrefix {
  /** The text with the prefix it must have had; null where the damage goes further than the prefix. */
  readonly text: string | null;
  readonly findings: readonly Finding[];
}

const TWINS: Readonly<Record<string, string>> = { o: '0', q: '0', i: '1', l: '1', z: '2', s: '5', b: '8' };

/**
 * Mends a prefix that was retyped with look-alikes or in the wrong case (OOD, 00d, S73). It can be mended because it is known from
 * the field; undefined where nothing points to such a slip.
 */
export function mendPrefix(text: string, context: IdContext): MendedPrefix | undefined {
  const { prefix, step, field } = context;
  const found = text.slice(0, 3);
  if (found === prefix || folded(found) !== folded(prefix) || isOtherObject(text, context)) return undefined;
  if (text.length !== 15 && text.length !== 18) return undefined;
  const { fail } = findingsAt(step);
  const mended = prefix + text.slice(3);
  const label = FIELD_LABELS[field];
  if (found.toLowerCase() === prefix.toLowerCase()) {
    if (isRestorable(text, prefix)) return undefined;
    if (isCaseLost(text)) {
      const message = `${label} lost its capitals on the way, which cannot be undone in the 15-character form`;
      return {
        text: null,
        findings: [fail('ID_CASE_LOST', message, 'copy it again from Salesforce, not from a spreadsheet or ticket')],
      };
    }
    const message = `${label} starts with ${found}; it should be ${prefix}, capitals matter`;
    return { text: mended, findings: [fail('ID_PREFIX_CASE', message, `enter ${mended.slice(0, 15)}`)] };
  }
  const message = `${label} starts with ${found}, which looks like ${prefix}: 0 and O, 1, l and I, 5 and S are easily confused`;
  return {
    text: mended,
    findings: [fail('ID_LOOKALIKE', message, 'copy the ID instead of retyping it; look at the other characters too')],
  };
}

function folded(prefix: string): string {
  return [...prefix.toLowerCase()].map((character) => TWINS[character] ?? character).join('');
}

function isOtherObject(text: string, { prefix }: IdContext): boolean {
  const owner = prefixOf(text);
  return owner !== undefined && owner !== prefixOf(prefix);
}

/** An 18-character ID of one case, with or without its suffix, is restored from the suffix, prefix included. */
function isRestorable(text: string, prefix: string): boolean {
  if (text.length !== 18) return false;
  if (text === text.toLowerCase() || text === text.toUpperCase()) return true;
  return isCaseLost(text) && restoreCase(text)?.startsWith(prefix) === true;
}

function isCaseLost(text: string): boolean {
  const rest = text.slice(3, 15);
  if (text.length === 18 && idChecksum(`${text.slice(0, 3).toUpperCase()}${rest}`) === text.slice(15)) return false;
  return /[a-z]/.test(rest) && rest === rest.toLowerCase();
}
