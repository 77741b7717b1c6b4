/** One part of a form; `fileName` makes it a file. */
export interface FormPart {
  readonly name: string;
  readonly contentType?: string;
  readonly fileName?: string;
  readonly content: string | Uint8Array;
}

export interface FormBody {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A `multipart/form-data` body. `boundary` must not occur in the content, so it is to be random. */
export function formBody(boundary: string, parts: readonly FormPart[]): FormBody {
  const pieces = parts.flatMap((part) => [Buffer.from(headOf(boundary, part)), bytesOf(part), Buffer.from('\r\n')]);
  const bytes = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes };
}

function headOf(boundary: string, { name, contentType, fileName }: FormPart): string {
  const file = fileName === undefined ? '' : `; filename="${quotable(fileName)}"`;
  const type = contentType === undefined ? '' : `Content-Type: ${quotable(contentType)}\r\n`;
  return `--${boundary}\r\nContent-Disposition: form-data; name="${quotable(name)}"${file}\r\n${type}\r\n`;
}

function bytesOf({ content }: FormPart): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
}

/** As browsers write it: what would end the quotes or the line is percent-encoded. */
function quotable(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
