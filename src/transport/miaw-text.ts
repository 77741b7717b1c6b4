import { isObject, type JsonObject, objectOf, textOf } from './miaw-json.ts';

/** The words of a title item, subtitles in brackets; also takes a bare string. */
export function titleOf(item: unknown): string | undefined {
  if (typeof item === 'string') return textOf(item);
  const title = objectOf(item);
  const subtitles = [title.subTitle, title.secondarySubTitle, title.tertiarySubTitle].flatMap(
    (text) => textOf(text) ?? [],
  );
  const main = textOf(title.title);
  if (!main) return subtitles.length > 0 ? subtitles.join(', ') : undefined;
  return subtitles.length > 0 ? `${main} (${subtitles.join(', ')})` : main;
}

/** `title: address` of a link item, or the one of the two that is there. */
export function linkText(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  const title = linkTitle(item);
  const url = textOf(item.url);
  return title && url ? `${title}: ${url}` : (title ?? url);
}

function linkTitle(item: JsonObject): string | undefined {
  return titleOf(item.titleItem) ?? titleOf(item.title);
}

export function textLines(lines: readonly (string | undefined)[]): string {
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}

export function bulleted(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `- ${line}`);
}

export function numbered(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index + 1}. ${line}`);
}
