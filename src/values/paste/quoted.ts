/** Offset of the quote that closes the one at `open`, or -1. Only a back-tick may close on a later line, and only where asked for. */
export function closingQuote(
  text: string,
  open: number,
  options: { readonly end: number; readonly multiline?: boolean },
): number {
  const quote = text.charAt(open);
  const acrossLines = options.multiline === true && quote === '`';
  for (let at = open + 1; at < options.end; at++) {
    const character = text.charAt(at);
    if (character === quote) return at;
    if (character === '\\') at++;
    else if (character === '\n' && !acrossLines) return -1;
  }
  return -1;
}

export function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** What a literal between two quotes stands for. */
export function unescapeLiteral(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\\x([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\\[nrt]/g, ' ')
    .replace(/\\(.)/g, '$1');
}
