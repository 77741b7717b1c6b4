import { ANSWERS, type Answer, badRequest } from './live-chat-answer.ts';
import { sameId } from './live-chat-init.ts';
import { fileOutcome } from './live-chat-messages.ts';
import { deliver, type LiveChatSession } from './live-chat-session.ts';
import type { RouteTurn } from './live-chat-system.ts';
import type { ReceivedRequest } from './world.ts';

const OUTCOME = { contentType: 'text/plain;charset=UTF-8', status: 200 } as const;

/** `POST /services/liveagent/file`: one file for one request of the agent. A refusal is a word in a 200, as clients know it. */
export function uploadFile({ world, registry, request }: RouteTurn): Answer {
  const query = request.url.searchParams;
  const [orgId, chatKey, fileToken] = [query.get('orgId'), query.get('chatKey'), query.get('fileToken')];
  if (!orgId || !chatKey || !fileToken) return badRequest('orgId, chatKey and fileToken are required');
  const session = registry.byId(chatKey);
  if (!session || session.over.signal.aborted) return ANSWERS.sessionGone;
  if (!sameId(orgId, world.values['live-chat'].orgId)) return { ...OUTCOME, body: 'Failure' };
  return takeFile(session, fileToken, readFileName(request));
}

function takeFile(session: LiveChatSession, token: string, name: string | undefined): Answer {
  if (!session.fileTokens.has(token)) return { ...OUTCOME, body: 'Failure' };
  if (name === undefined) {
    deliver(session, fileOutcome('Failure'));
    return { ...OUTCOME, body: 'Failure' };
  }
  session.fileTokens.delete(token);
  deliver(session, fileOutcome('Success'));
  session.inbox.put(name);
  return { ...OUTCOME, body: 'Success' };
}

/** The name of the part `file` of a multipart body, or nothing where there is no such part. */
function readFileName({ headers, body }: ReceivedRequest): string | undefined {
  const boundary = /^multipart\/form-data\s*;.*?boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return undefined;
  for (const part of body.toString('latin1').split(`--${boundary}`)) {
    const head = part.split('\r\n\r\n', 1)[0] ?? '';
    if (!/^content-disposition:.*?;\s*name="?file"?\s*(?:;|$)/im.test(head)) continue;
    const name = /;\s*filename="([^"]*)"/i.exec(head)?.[1] ?? 'file';
    return Buffer.from(name, 'latin1').toString('utf8');
  }
  return undefined;
}
