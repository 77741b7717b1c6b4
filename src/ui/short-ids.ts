/** Record ids cut down to their ends, so that a report can be shown to strangers and still be compared. */
export function shortenIds(text: string): string {
  return text.replace(/\b(00D|57[0-3]|005|0[A-Za-z]\w)\w{9}(\w{3})(?:\w{3})?\b/g, '$1…$2');
}

/** The same for the ids of conversations, devices and channels. */
export function shortenUuids(text: string): string {
  return text.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '$1…');
}
