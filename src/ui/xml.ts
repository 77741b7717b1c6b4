/** Everything XML 1.0 has no place for, as text or as a reference. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // `##[command]` in a line of a log is a command to GitHub Actions.
  '##[': '##&#91;',
};

/** An element as lines; a text stands between its tags, children one level further in. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly (readonly string[])[] = [],
): readonly string[] {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `<${name}${given.join('')}`;
  if (content.length === 0) return [`${start}/>`];
  if (typeof content === 'string') return [`${start}>${escaped(content)}</${name}>`];
  return [`${start}>`, ...content.flat().map((line) => `  ${line}`), `</${name}>`];
}

function escaped(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]|##\[/g, (character) => REFERENCES[character] ?? '');
}
