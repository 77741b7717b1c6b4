import { describe, expect, it } from 'vitest';
import { formBody } from '../../src/http/multipart.ts';

async function readBack(body: { contentType: string; bytes: Uint8Array }): Promise<FormData> {
  return new Response(Buffer.from(body.bytes), { headers: { 'content-type': body.contentType } }).formData();
}

describe('a multipart form', () => {
  it('carries every byte of a file', async () => {
    const content = Uint8Array.from({ length: 256 }, (_, index) => index);
    const form = await readBack(formBody('b0', [{ name: 'file', fileName: 'a.bin', content }]));
    const file = form.get('file') as File;
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(content);
  });

  it('lets no file name end its header', async () => {
    const form = await readBack(formBody('b0', [{ name: 'file', fileName: 'a"\r\nX: é.png', content: 'x' }]));
    expect((form.get('file') as File).name).toContain('é.png');
  });
});
