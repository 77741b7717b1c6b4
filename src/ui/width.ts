import stringWidth from 'fast-string-width';

/**
 * Text of which each character takes one column. The library compiles regular expressions over all of Unicode at its first
 * call: 3 ms of a report that has none of what they are for. The bundle gives this to fast-wrap-ansi as well.
 */
const PLAIN = /^[ -~“”‘’…–—·→←✓✗]*$/;

/** Columns that a text takes on a terminal; wide characters count two. */
export function columnsOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}
