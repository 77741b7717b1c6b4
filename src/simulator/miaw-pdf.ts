const LINES_PER_PAGE = 50;
const LETTERS_PER_LINE = 95;

/** A small valid PDF with one line of text per item; letters outside Latin-1 become question marks. */
export function transcriptPdf(lines: readonly string[]): Buffer {
  const wrapped = lines.flatMap(wrap);
  const pages = Array.from({ length: Math.max(1, Math.ceil(wrapped.length / LINES_PER_PAGE)) }, (_, index) =>
    wrapped.slice(index * LINES_PER_PAGE, (index + 1) * LINES_PER_PAGE),
  );
  // Objects: 1 catalog, 2 page tree, 3 font, then a page and its content for every page.
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page, index) => pageObjects(page, 5 + index * 2)),
  ];
  return assemble(objects);
}

function wrap(line: string): readonly string[] {
  const safe = line.replace(/[^\x20-\x7e\xa1-\xff]/gu, '?');
  return safe.match(new RegExp(`.{1,${LETTERS_PER_LINE}}`, 'g')) ?? [''];
}

function pageObjects(lines: readonly string[], contentNumber: number): readonly string[] {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const stream = `BT /F1 9 Tf 14 TL 40 800 Td\n${shown}\nET`;
  return [
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ' +
      `/Resources << /Font << /F1 3 0 R >> >> /Contents ${contentNumber} 0 R >>`,
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
  ];
}

/** Joins the objects and writes the table with the byte offset of each. */
function assemble(objects: readonly string[]): Buffer {
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}
