import type { FieldName } from '../../src/core/config.ts';
import type { Paste } from '../../src/values/snippets.ts';

export function textsOf({ values }: Paste): Partial<Record<FieldName, string>> {
  return Object.fromEntries(Object.entries(values).map(([field, { text }]) => [field, text]));
}

export function linesOf({ values }: Paste): Partial<Record<FieldName, number>> {
  return Object.fromEntries(Object.entries(values).map(([field, { line }]) => [field, line]));
}
