import { raceAbort } from '../core/clock.ts';
import { HandoffError } from '../core/errors.ts';
import type { HttpStream } from '../core/http.ts';
import type { Line } from './miaw-call.ts';
import { statusOf } from './miaw-errors.ts';
import { openStream } from './miaw-open-stream.ts';
import { replaceToken, usableToken } from './miaw-token.ts';

/** `accessToken` is the one that `current` was opened with. */
export interface Opened {
  readonly current: HttpStream;
  readonly accessToken: string;
}

/** Opens the stream with the token of the moment, or with a new one where that is refused. */
export async function openWithToken(line: Line, lastEventId: string | null, signal: AbortSignal): Promise<Opened> {
  const { config, deps, token } = line;
  const open = async (accessToken: string): Promise<Opened> => ({
    accessToken,
    current: await openStream(deps, config, { accessToken, lastEventId }, signal),
  });
  const accessToken = await raceAbort(usableToken(token), signal);
  try {
    return await open(accessToken);
  } catch (error) {
    if (statusOf(error) !== 401) throw error;
    await raceAbort(replaceToken(token, accessToken), signal);
    return await open(token.current);
  }
}

/** A token of a minute ago has not expired: the event router does not know it. */
export function refusedAtOnce({ config }: Line, cause: unknown): HandoffError {
  const said = cause instanceof Error ? `: ${cause.message}` : '';
  return new HandoffError('ACCESS_DENIED', {
    message: `The event stream refuses the token that the service has just given${said}`,
    hint: `check that organization ${config.orgId} belongs to ${new URL(config.baseUrl).host}: sf-handoff doctor`,
    step: 'miaw.2',
    cause,
  });
}
