const PLAIN = /^[\w./:+-][\w./:+=@-]*$/;
/** PowerShell takes typographic quotes for quotes; sh reads a backslash before these characters as an escape. */
const FIT_FOR_DOUBLE = /^(?:[^"“”„$`!\\]|\\(?![\\"$`\n]|$))*$/;
const FIT_FOR_SINGLE = /^[^'‘’‚‛]*$/;

/**
 * A word of a command that is printed to be copied, quoted so that sh and PowerShell read it alike. What holds both kinds of
 * quotes has no such form and is written for sh.
 */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  if (FIT_FOR_DOUBLE.test(text)) return `"${text}"`;
  return FIT_FOR_SINGLE.test(text) ? `'${text}'` : shQuoted(text);
}

/** For sh and what reads like it. */
export function shQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
