const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const GROUP = 5;

/** The three characters that turn a 15-character record ID into the 18-character form; they record which letters are capitals. */
export function idChecksum(id15: string): string {
  return [0, GROUP, 2 * GROUP].map((start) => groupCharacter(id15.slice(start, start + GROUP))).join('');
}

function groupCharacter(group: string): string {
  let bits = 0;
  for (const [position, character] of [...group].entries()) {
    if (character >= 'A' && character <= 'Z') bits |= 1 << position;
  }
  return ALPHABET.charAt(bits);
}

/** The 15 characters with the capitals that the checksum demands; null where the two cannot belong together. */
export function restoreCase(id18: string): string | null {
  const suffix = id18.slice(15).toUpperCase();
  const restored = [...id18.slice(0, 15)].map((character, position) => {
    const bits = ALPHABET.indexOf(suffix.charAt(Math.floor(position / GROUP)));
    return (bits >> (position % GROUP)) & 1 ? character.toUpperCase() : character.toLowerCase();
  });
  const id15 = restored.join('');
  return idChecksum(id15) === suffix ? id15 : null;
}
