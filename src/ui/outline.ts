import { clean } from './clean.ts';

/** Any document as indented lines, for readers rather than programs. */
export function outline(value: unknown): string {
  return `${lines(value, '').join('\n')}\n`;
}

function lines(value: unknown, indent: string): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => entryLines('-', entry, indent));
  return Object.entries(value ?? {})
    .filter(([, entry]) => entry !== undefined)
    .flatMap(([key, entry]) => entryLines(`${clean(key)}:`, entry, indent));
}

function entryLines(label: string, value: unknown, indent: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${label} ${clean(String(value))}`];
  if (Object.keys(value).length === 0) return [`${indent}${label} none`];
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object'))
    return [`${indent}${label} ${value.map((entry) => clean(String(entry))).join(', ')}`];
  return [`${indent}${label}`, ...lines(value, `${indent}  `)];
}
