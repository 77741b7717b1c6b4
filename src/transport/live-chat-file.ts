import { withDeadline } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { HttpResponse } from '../core/http.ts';
import type { FileToSend } from '../core/session.ts';
import { formBody } from '../http/multipart.ts';
import { isTransient, liveChatFailure } from './live-chat-errors.ts';
import type { Pump } from './live-chat-pump.ts';
import { isOver, type LiveChatRun } from './live-chat-run.ts';
import { isTrustedServer } from './live-chat-server.ts';
import type { FileRequest } from './live-chat-state.ts';

const WHAT = 'the upload servlet';
/** How long to look for the service's word on a file whose answer was lost. */
const LOOK_MS = 7000;

/**
 * Uploads the file that the agent has asked for; one request takes one file. Vendor page: "FileTransfer". FILE_REFUSED where
 * nobody asked or the servlet says no, MESSAGE_NOT_CONFIRMED where the answer is lost and no outcome arrives.
 */
export async function uploadFile(
  run: LiveChatRun,
  pump: Pump,
  file: FileToSend,
  signal: AbortSignal,
): Promise<undefined> {
  const request = requestOf(run);
  run.state = { ...run.state, file: { request, outcome: undefined } };
  const answer = await upload(run, request, file, signal);
  if (answer instanceof HandoffError || answer.status >= 500 || answer.status === 408) {
    await lookForOutcome(run, pump, answer, signal);
  } else {
    judge(answer);
  }
  if (run.state.file.request === request)
    run.state = { ...run.state, file: { request: undefined, outcome: 'Success' } };
}

function requestOf({ state, link }: LiveChatRun): FileRequest {
  const { request } = state.file;
  if (request === undefined) {
    const hint = 'send it after the agent has asked for a file';
    throw new HandoffError('FILE_REFUSED', {
      message: 'The agent has not asked for a file',
      hint,
      step: 'live-chat.verify',
    });
  }
  if (isTrustedServer(link.url, request.url)) return request;
  const message = 'The service names an address for the file that is not Salesforce’s; nothing was sent there';
  throw new HandoffError('FILE_REFUSED', { message, step: 'live-chat.verify' });
}

async function upload(
  { link, orgId, random }: LiveChatRun,
  { url, token }: FileRequest,
  { name, mimeType, bytes }: FileToSend,
  signal: AbortSignal,
): Promise<HttpResponse | HandoffError> {
  const target = new URL(url);
  const query = { orgId, chatKey: link.sessionId, fileToken: token, encoding: 'UTF-8' };
  for (const [key, value] of Object.entries(query)) target.searchParams.set(key, value);
  const form = formBody(random.uuid(), [
    { name: 'filename', content: name },
    { name: 'file', contentType: mimeType, fileName: name, content: bytes },
  ]);
  const headers = { 'Content-Type': form.contentType };
  const request = { method: 'POST', url: target.href, headers, body: form.bytes, timeoutMs: link.timeoutMs } as const;
  try {
    return await link.http.request({ ...request, signal });
  } catch (error) {
    if (signal.aborted || !isTransient(error)) throw error;
    return error;
  }
}

/** The servlet says no by a word in a 200, as its other clients know it. */
function judge(answer: HttpResponse): void {
  const isTaken = answer.status >= 200 && answer.status < 300;
  if (isTaken && !/^\s*"?failure/i.test(answer.body)) return;
  if (isTaken || answer.status === 413 || answer.status === 415) {
    const said = isTaken ? 'Failure' : String(answer.status);
    throw new HandoffError('FILE_REFUSED', {
      message: `Salesforce refused the file (${said})`,
      step: 'live-chat.verify',
    });
  }
  throw liveChatFailure(answer, WHAT, 'chat');
}

/** The outcome also comes among the messages, to whoever reads them. */
async function lookForOutcome(run: LiveChatRun, pump: Pump, answer: HttpResponse | HandoffError, signal: AbortSignal) {
  const cause = answer instanceof HandoffError ? answer : liveChatFailure(answer, WHAT, 'chat');
  const unconfirmed = () =>
    new HandoffError('MESSAGE_NOT_CONFIRMED', { message: 'The file was sent but never confirmed', cause });
  const look = async (deadline: AbortSignal) => {
    while (run.state.file.outcome === undefined) {
      if (run.failure !== undefined || isOver(run)) throw unconfirmed();
      await pump.step(deadline);
    }
  };
  await withDeadline(run.clock, LOOK_MS, unconfirmed, look, signal);
  if (run.state.file.outcome !== 'Success') throw new HandoffError('FILE_REFUSED', { cause });
}
