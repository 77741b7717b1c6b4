const SIGNS: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '…': '...',
  '–': '-',
  '—': '-',
  '·': '-',
  '•': '-',
  '→': '->',
  '←': '<-',
  '›': '>',
};

/** Our own typography for a terminal without Unicode. What others write in their languages stays as it is. */
export function asciiSigns(text: string): string {
  return text.replace(/[“”‘’…–—·•→←›]/g, (sign) => SIGNS[sign] ?? sign);
}
