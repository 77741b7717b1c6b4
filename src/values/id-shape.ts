import type { FieldName, Finding } from '../core/config.ts';
import { FIELD_LABELS } from '../core/config.ts';
import type { GuideStep } from '../core/guide-step.ts';
import { shown } from './clean-text.ts';
import { whereToFind } from './field-steps.ts';
import { idChecksum, restoreCase } from './id-checksum.ts';
import { findingsAt } from './verdict.ts';

export interface IdForm {
  /** The 15-character form; null where it cannot be known. */
  readonly id15: string | null;
  readonly findings: readonly Finding[];
}

export interface IdContext {
  readonly field: FieldName;
  readonly prefix: string;
  readonly step: GuideStep;
}

const LETTERS_FOR_SUSPICION = 6;

/** Judges length, checksum and letter case, and shortens to 15 characters. Whose ID it is comes later. */
export function judgeForm(text: string, context: IdContext): IdForm {
  if (!/^[0-9A-Za-z]*$/.test(text)) return wrongCharacters(text, context);
  if (text.length === 15) return judgeShort(text, context);
  if (text.length === 18) return judgeLong(text, context);
  return wrongLength(text, context);
}

function wrongCharacters(text: string, { field, step }: IdContext): IdForm {
  const { fail } = findingsAt(step);
  if (/^[A-Za-z][\w ]*$/.test(text)) return { id15: null, findings: [nameInsteadOfId(field, text, step)] };
  const odd = [...text].find((character) => !/[0-9A-Za-z\s]/.test(character)) ?? ' ';
  if (odd > '\u007F') {
    const message = `${FIELD_LABELS[field]} holds “${odd}”, which only looks like a letter or digit of an ID`;
    return { id15: null, findings: [fail('ID_FOREIGN_CHARACTER', message, whereToFind(field))] };
  }
  const message = `${shown(text)} is not a record ID: an ID has letters and digits only`;
  return { id15: null, findings: [fail('ID_CHARACTERS', message, whereToFind(field))] };
}

function wrongLength(text: string, { field, prefix, step }: IdContext): IdForm {
  const { fail } = findingsAt(step);
  if (!text.startsWith(prefix.charAt(0)) && /^[A-Za-z]/.test(text))
    return { id15: null, findings: [nameInsteadOfId(field, text, step)] };
  const message = `${FIELD_LABELS[field]} has ${text.length} characters; a record ID has 15 or 18`;
  return { id15: null, findings: [fail('ID_LENGTH', message, `${whereToFind(field)}, all of it`)] };
}

export function nameInsteadOfId(field: FieldName, text: string, step: GuideStep): Finding {
  const message = `${shown(text)} is a name; ${FIELD_LABELS[field]} is a record ID`;
  return findingsAt(step).fail('NAME_INSTEAD_OF_ID', message, whereToFind(field));
}

function judgeShort(text: string, { field, step }: IdContext): IdForm {
  const letters = text.slice(3).replace(/[0-9]/g, '');
  if (letters.length < LETTERS_FOR_SUSPICION || !isOneCase(letters)) return { id15: text, findings: [] };
  const message =
    'All letters of the ID are of one case: a spreadsheet or ticket may have changed them, which cannot be undone';
  return {
    id15: text,
    findings: [findingsAt(step).warn('ID_CASE_FOLDED', message, `compare it with the original: ${whereToFind(field)}`)],
  };
}

function judgeLong(text: string, { field, step }: IdContext): IdForm {
  const { info, warn, fail } = findingsAt(step);
  const id15 = text.slice(0, 15);
  const suffix = text.slice(15);
  const expected = idChecksum(id15);
  if (suffix === expected) {
    return { id15, findings: [info('ID_SHORTENED', `Shortened from 18 characters to ${id15}`, `enter ${id15}`)] };
  }
  if (suffix.toUpperCase() === expected) {
    const message = `The last three characters should be capitals: ${expected}; the 15 in front of them fit`;
    return { id15, findings: [warn('ID_SUFFIX_CASE', message, `enter ${id15}`)] };
  }
  const isFolded = isOneCase(text.replace(/[0-9]/g, '')) || id15 === id15.toLowerCase();
  const restored = isFolded ? restoreCase(text) : null;
  if (restored !== null) {
    const message = `Capitals and small letters were lost; the last three characters tell that the ID is ${restored}`;
    return { id15: restored, findings: [warn('ID_CASE_RESTORED', message, `enter ${restored}`)] };
  }
  const message = `${FIELD_LABELS[field]} ends in ${suffix}, but ${id15} needs ${expected}: a character or its case is wrong, or it was cut`;
  const hint = `${whereToFind(field)}${lookAlikes(id15, suffix)}`;
  return { id15: null, findings: [fail('ID_SUFFIX_WRONG', message, hint)] };
}

function isOneCase(letters: string): boolean {
  return letters !== '' && (letters === letters.toLowerCase() || letters === letters.toUpperCase());
}

/** Names the characters that are often confused and stand where the checksum disagrees about capitals. */
function lookAlikes(id15: string, suffix: string): string {
  const actual = idChecksum(id15);
  const doubtful = [...id15].flatMap((character, position) => {
    const group = Math.floor(position / 5);
    const differs = actual.charAt(group) !== suffix.charAt(group).toUpperCase();
    return differs && /[0Oo1lIi]/.test(character) ? [`${character} at position ${position + 1}`] : [];
  });
  return doubtful.length === 0 ? '' : `; look closely at ${doubtful.join(', ')} (0 and O, 1, l and I look alike)`;
}
