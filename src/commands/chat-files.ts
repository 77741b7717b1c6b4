import { open } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import type { PlannedFile } from '../chat/run-chat.ts';
import type { Context } from '../context.ts';
import { HandoffError } from '../core/errors.ts';

/** Far above what any service takes, which says so itself. */
const LARGEST_BYTES = 50_000_000;

const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.gif': 'image/gif',
  '.heic': 'image/heic',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

/** A file to be sent; its type follows from its ending. Throws FILE_UNREADABLE. */
export async function readChatFile(path: string, context: Pick<Context, 'cwd'>): Promise<PlannedFile> {
  const bytes = await readBytes(path, resolve(context.cwd, path));
  const mimeType = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  return { path, name: basename(path), mimeType, bytes };
}

async function readBytes(path: string, absolute: string): Promise<Uint8Array> {
  let size = 0;
  try {
    await using handle = await open(absolute, 'r');
    const facts = await handle.stat();
    size = facts.size;
    if (facts.isFile() && size <= LARGEST_BYTES) return await handle.readFile();
  } catch (cause) {
    throw new HandoffError('FILE_UNREADABLE', { message: `${path} could not be read`, cause });
  }
  const message = size > LARGEST_BYTES ? `${path} is larger than 50 MB` : `${path} is not a file`;
  throw new HandoffError('FILE_UNREADABLE', { message, hint: 'name a file of at most 5 MB' });
}
