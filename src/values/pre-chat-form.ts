import type { Finding } from '../core/config.ts';
import { nearest } from '../core/nearest.ts';
import type { PreChatForm, PreChatFormField } from '../core/pre-chat-form.ts';
import { shown } from './clean-text.ts';
import { findingsAt } from './verdict.ts';

const { warn, fail } = findingsAt('metadata.4');
const LONGEST_MATCHED = 1000;

const SYNTAX: Readonly<Record<string, { pattern: RegExp; what: string }>> = {
  email: { pattern: /^[^\s@]+@[^\s@]+\.[^\s@.]+$/, what: 'an e-mail address' },
  number: { pattern: /^[+-]?\d+(?:[.,]\d+)?$/, what: 'a number' },
  phone: { pattern: /^\+?[\d\s()./-]{3,}$/, what: 'a telephone number' },
};

/** Compares pre-chat values with the published form: what is not in the form is dropped by Salesforce without a word. */
export function compareWithForm(preChat: Readonly<Record<string, unknown>>, form: PreChatForm): Finding[] {
  const fields = new Map(form.fields.map((field) => [field.name, field]));
  const given = Object.entries(preChat).flatMap(([name, value]) => {
    const field = fields.get(name);
    return field ? compareValue(field, value) : [notInForm(name, [...fields.keys()])];
  });
  const required = form.fields.filter(
    (field) => field.required && isEmpty(Object.hasOwn(preChat, field.name) ? preChat[field.name] : ''),
  );
  return [...given, ...required.map(missingField)];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function notInForm(name: string, known: readonly string[]): Finding {
  const otherCase = known.find((candidate) => candidate.toLowerCase() === name.trim().toLowerCase());
  if (otherCase !== undefined) {
    const message = `The form spells ${shown(name)} as ${shown(otherCase)}; capitals matter, Salesforce drops it silently`;
    return warn('PRE_CHAT_NAME_CASE', message, `write it as ${otherCase}`);
  }
  const near = known.length === 0 ? undefined : nearest(name.slice(0, 80), known);
  const others = known.length === 0 ? 'the form has no fields' : `it has ${known.slice(0, 8).join(', ')}`;
  const message = `${shown(name)} is not in the published form (${others}); Salesforce drops it silently`;
  const hint =
    near === undefined
      ? 'add the field to the pre-chat form, then Publish'
      : `write it as ${near}, or add the field to the form and Publish`;
  return warn('PRE_CHAT_NOT_IN_FORM', message, hint);
}

function missingField(field: PreChatFormField): Finding {
  const where = field.hidden ? 'a hidden field' : 'a field';
  const message = `The form requires ${shown(field.name)}, ${where} for which there is no value`;
  return fail('PRE_CHAT_REQUIRED_MISSING', message, `pass ${field.name}, or make the field optional and Publish`);
}

function compareValue(field: PreChatFormField, value: unknown): Finding[] {
  if (typeof value !== 'string' || value === '') return [];
  const findings: Finding[] = [];
  if (field.maxLength !== undefined && field.maxLength > 0 && value.length > field.maxLength) {
    const message = `The value of ${shown(field.name)} has ${value.length} characters; the form allows ${field.maxLength}`;
    findings.push(fail('PRE_CHAT_TOO_LONG', message, 'shorten it, or raise Maximum Length and Publish'));
  }
  if (field.choices && field.choices.length > 0 && !field.choices.includes(value)) {
    const message = `${shown(value)} is not one of the choices of ${shown(field.name)}: ${field.choices.slice(0, 8).join(', ')}`;
    findings.push(warn('PRE_CHAT_NOT_A_CHOICE', message, 'pass the name of a choice, not its label or id'));
  }
  const type = field.type?.toLowerCase() ?? (field.name === '_email' ? 'email' : '');
  const syntax = Object.hasOwn(SYNTAX, type) ? SYNTAX[type] : undefined;
  if (syntax && !syntax.pattern.test(value.slice(0, LONGEST_MATCHED))) {
    const message = `The value of ${shown(field.name)} does not look like ${syntax.what}`;
    findings.push(warn('PRE_CHAT_SYNTAX', message, `pass ${syntax.what}`));
  }
  return findings;
}
