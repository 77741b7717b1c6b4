import type { Finding } from '../core/config.ts';
import { shown } from './clean-text.ts';
import { findingsAt } from './verdict.ts';

export type { PreChatFormField } from '../core/pre-chat-form.ts';
export { compareWithForm } from './pre-chat-form.ts';

const { info, warn, fail } = findingsAt('metadata.4');

/** The fields that Salesforce knows by itself, as the published form and a client spell them. */
const STANDARD_NAMES: readonly string[] = ['_firstName', '_lastName', '_email', '_subject'];
/** The longest text that a text field on the messaging session holds. */
const LONGEST_TEXT = 255;

/** Judges pre-chat names and values by themselves, before any form is known. */
export function checkPreChat(preChat: Readonly<Record<string, unknown>>): Finding[] {
  const names = Object.keys(preChat);
  return [
    ...names.flatMap((name) => [...checkName(name), ...checkValue(name, preChat[name])]),
    ...sameButForCase(names),
  ];
}

function checkName(name: string): Finding[] {
  if (name.trim() === '')
    return [fail('PRE_CHAT_NAME_EMPTY', 'A pre-chat value has no name', 'name it after its Channel Variable Name')];
  if (name !== name.trim()) {
    return [
      warn(
        'PRE_CHAT_NAME_BLANKS',
        `The pre-chat name ${shown(name)} begins or ends in a blank`,
        `write it as ${name.trim()}`,
      ),
    ];
  }
  const folded = name.toLowerCase().replace(/[_\s-]/g, '');
  const standard = STANDARD_NAMES.find((known) => known.slice(1).toLowerCase() === folded);
  if (standard === undefined || name === standard) return [];
  if (name.startsWith('_')) {
    const message = `The pre-chat name ${shown(name)} differs in spelling from the standard field ${standard}; Salesforce would drop it`;
    return [warn('PRE_CHAT_STANDARD_NAME', message, `write it as ${standard}`)];
  }
  const message = `The pre-chat name ${shown(name)} resembles the standard field ${standard}`;
  return [
    info(
      'PRE_CHAT_LIKE_STANDARD',
      message,
      `write ${standard} if the standard field is meant; a custom parameter may keep its name`,
    ),
  ];
}

function checkValue(name: string, value: unknown): Finding[] {
  if (typeof value !== 'string') {
    const what =
      value === null
        ? 'null'
        : Array.isArray(value)
          ? 'a list'
          : typeof value === 'object'
            ? 'an object'
            : `a ${typeof value}`;
    const message = `The pre-chat value of ${shown(name)} is ${what}; only texts are passed on`;
    return [fail('PRE_CHAT_NOT_A_STRING', message, 'put the value in quotes')];
  }
  if (value.length <= LONGEST_TEXT) return [];
  const message = `The pre-chat value of ${shown(name)} has ${value.length} characters; a text field holds ${LONGEST_TEXT}`;
  return [warn('PRE_CHAT_LONG', message, 'shorten it, or check the field’s and the parameter’s Maximum Length')];
}

function sameButForCase(names: readonly string[]): Finding[] {
  const first = new Map<string, string>();
  const findings: Finding[] = [];
  for (const name of names) {
    const folded = name.trim().toLowerCase();
    const earlier = first.get(folded);
    if (earlier === undefined) first.set(folded, name);
    else if (folded !== '') {
      const message = `The pre-chat names ${shown(earlier)} and ${shown(name)} differ only in capitals or blanks`;
      findings.push(warn('PRE_CHAT_NAME_TWICE', message, 'keep the one that equals the Channel Variable Name'));
    }
  }
  return findings;
}
