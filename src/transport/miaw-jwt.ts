import { isObject, type JsonObject, jsonOf, numberOf, textOf } from './miaw-json.ts';

/** What a token tells about itself; nothing where it is no JWT. Read, never trusted. */
export interface TokenClaims {
  readonly subject?: string;
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

const SECONDS_END = 100_000_000_000;

export function readClaims(token: string): TokenClaims {
  const part = token.split('.')[1];
  const claims = part === undefined ? undefined : jsonOf(Buffer.from(part, 'base64url').toString());
  if (!isObject(claims)) return {};
  const subject = textOf(claims.sub);
  const expiresAt = epochMs(claims);
  return {
    ...(subject ? { subject } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function epochMs(claims: JsonObject): number | undefined {
  const end = numberOf(claims.exp);
  return end === undefined ? undefined : toEpochMs(end);
}

/** Times are milliseconds in some answers and seconds in others. */
export function toEpochMs(time: number): number {
  return time < SECONDS_END ? time * 1000 : time;
}
