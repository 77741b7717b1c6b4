import stringWidth from 'fast-string-width';

/**
 * Text of which each character takes one column: Latin letters and the signs of our screens. The library compiles regular
 * expressions over all of Unicode at its first call: 3 ms of a report that has none of what they are for. The bundle gives
 * this to fast-wrap-ansi as well.
 */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u024f“”‘’…–—•›→←✓✔✖✗⚠▸]*$/;

export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** Columns that a text takes on a terminal; wide characters count two. */
export function columnsOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}
