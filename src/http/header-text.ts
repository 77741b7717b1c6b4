/** Whether a text can stand in a header; what a server gives need not, and its value is never quoted. */
export function fitsHeader(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
