const MARK = '\ufeff';

/**
 * The text of a file as editors and shells write it: UTF-8, or the UTF-16 of Windows PowerShell's `>`, without the byte order mark
 * in front.
 */
export function decodeText(bytes: Buffer): string {
  const text = bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
  return text.startsWith(MARK) ? text.slice(1) : text;
}
