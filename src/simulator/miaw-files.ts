import { type Answer, refuse } from './miaw-answer.ts';
import { isObject, type Json, misshapen, parseObject, stringOf } from './miaw-body.ts';
import { authorizeFor } from './miaw-conversations.ts';
import { accept, messageIdRefused, sendRefused } from './miaw-messages.ts';
import type { MiawState, StoredFile } from './miaw-state.ts';
import type { ReceivedRequest } from './world.ts';

export const FILE_PATH = '/iamessage/files/';
const MOST_BYTES = 5 * 1024 * 1024;
const REFUSED_TYPES = /\.(?:exe|bat|cmd|com|msi|sh|js|jar|html?)$/i;
const MIME_TYPES: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
};

/** One file in a form with two parts: `messageEntry` (JSON) and `fileData` (bytes with a file name). */
export async function uploadFile(state: MiawState, request: ReceivedRequest, id: string): Promise<Answer> {
  const found = authorizeFor(state, request, id);
  if ('refusal' in found) return found.refusal;
  const parts = await readForm(request);
  if (!parts) return refuse(400, 'The request must be multipart/form-data with messageEntry and fileData.');
  const { body, file } = parts;
  const message = isObject(body.message) ? body.message : {};
  const refusal =
    misshapen(message, { id: 'string', fileId: 'string', text: 'string?' }, 'message.') ??
    messageIdRefused(message) ??
    sendRefused(state, found.conversation, body) ??
    fileRefused(file);
  if (refusal) return refusal;
  const fileId = stringOf(message.fileId);
  state.files.set(fileId, file);
  const text = stringOf(message.text);
  const content = attachmentContent(state, message, file);
  return accept(state, found.conversation, body, { id: stringOf(message.id), content, text: text || file.name });
}

function fileRefused(file: StoredFile): Answer | undefined {
  if (file.bytes.length > MOST_BYTES) return refuse(413, 'The file is larger than 5 MB.');
  return REFUSED_TYPES.test(file.name) ? refuse(415, 'Files of this type are not allowed.') : undefined;
}

function attachmentContent(state: MiawState, message: Json, file: StoredFile): Json {
  const id = stringOf(message.fileId);
  const attachment = {
    name: file.name,
    attachmentUploadResult: { resultType: 'CompletedAttachmentUploadResult' },
    id,
    mimeType: file.mimeType,
    url: `${state.world.baseUrl}${FILE_PATH}${encodeURIComponent(id)}`,
    referenceId: null,
  };
  return {
    messageType: 'StaticContentMessage',
    inReplyToMessageId: message.inReplyToMessageId ?? null,
    staticContent: { formatType: 'Attachments', text: stringOf(message.text) || null, attachments: [attachment] },
  };
}

async function readForm(request: ReceivedRequest): Promise<{ body: Json; file: StoredFile } | undefined> {
  try {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(request.body), { headers }).formData();
    const entry = form.get('messageEntry');
    const data = form.get('fileData');
    if (entry === null || data === null || typeof data === 'string') return undefined;
    const text = typeof entry === 'string' ? entry : await entry.text();
    const body = parseObject(Buffer.from(text));
    return body && { body, file: await storedFile(data) };
  } catch {
    return undefined;
  }
}

async function storedFile(data: File): Promise<StoredFile> {
  const extension = /\.(\w+)$/.exec(data.name)?.[1]?.toLowerCase() ?? '';
  const mimeType = MIME_TYPES[extension] ?? 'application/octet-stream';
  return { name: data.name, mimeType, bytes: Buffer.from(await data.arrayBuffer()) };
}

/** Served to anybody who has the link, as agents' and visitors' clients fetch it without a token. */
export function showFile(state: MiawState, id: string): Answer {
  const file = state.files.get(id);
  if (!file) return refuse(404, 'There is no such file.');
  return { status: 200, bytes: file.bytes, headers: { 'content-type': file.mimeType } };
}
