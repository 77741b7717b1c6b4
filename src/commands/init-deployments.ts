import { FIELDS, type FieldName } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import type { Paste, PastedText } from '../values/snippets.ts';

/** The values of one deployment among several in a paste. */
export interface PastedDeployment {
  readonly values: Readonly<Partial<Record<FieldName, PastedText>>>;
  /** What tells it from the others. */
  readonly title: string;
}

/**
 * The deployments in a paste: the values that occur as often as the most frequent one go together in their order, one that occurs
 * once belongs to all, and of the rest the nearest line counts.
 */
export function splitDeployments(paste: Paste, channel: Channel): PastedDeployment[] {
  const lists = FIELDS[channel].flatMap((field) => {
    const texts = allOf(paste, field);
    return texts.length > 0 ? [{ field, texts }] : [];
  });
  const longest = lists.reduce((best, list) => (list.texts.length > best.texts.length ? list : best), {
    field: 'orgId' as FieldName,
    texts: [] as readonly PastedText[],
  });
  return longest.texts.map((lead, index) => {
    const picked = lists.map(({ field, texts }) => [field, pick(texts, index, lead, longest.texts.length)] as const);
    const telling = lists.filter(({ texts }) => texts.length > 1).map(({ field }) => field);
    const values: PastedDeployment['values'] = Object.fromEntries(picked);
    return { values, title: titleOf(values, telling) };
  });
}

function allOf(paste: Paste, field: FieldName): readonly PastedText[] {
  const best = paste.values[field];
  if (!best) return [];
  return [best, ...(paste.alternatives[field] ?? [])].sort((one, other) => one.line - other.line);
}

function pick(texts: readonly PastedText[], index: number, lead: PastedText, count: number): PastedText | undefined {
  if (texts.length === count) return texts[index];
  const distance = ({ line }: PastedText) => Math.abs(line - lead.line);
  return [...texts].sort((one, other) => distance(one) - distance(other))[0];
}

function titleOf(values: PastedDeployment['values'], telling: readonly FieldName[]): string {
  const texts = telling.flatMap((field) => values[field]?.text ?? []);
  const line = telling.map((field) => values[field]?.line).find((found) => found !== undefined);
  return `${texts.join(' · ')}${line === undefined ? '' : ` (line ${line})`}`;
}
