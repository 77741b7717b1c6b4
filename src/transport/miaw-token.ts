import type { Clock } from '../core/clock.ts';
import type { MiawConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import { type GuestToken, type MiawDeps, renewToken } from './miaw-api.ts';
import { isRefusal, statusOf } from './miaw-errors.ts';

/** The guest's token of the moment, shared by the stream and all calls. `current` is a secret. */
export interface TokenKeeper {
  current: string;
  expiresAt: number | undefined;
  readonly renew: (accessToken: string) => Promise<GuestToken>;
  readonly clock: Clock;
  /** Told of a new token. */
  readonly renewed: (accessToken: string) => void;
  /** The one renewal under way. */
  renewing: Promise<void> | undefined;
  /** The expiry for which a renewal was tried already; it may bring the same one again. */
  triedFor: number | undefined;
  /** The service refused to renew this token, and would again. */
  refusal: HandoffError | undefined;
}

/** Longer than the longest silence of a living stream, so a token is renewed in time while only pings arrive. */
const RENEW_BEFORE_MS = 120_000;

export function createTokenKeeper(
  deps: MiawDeps & { readonly clock: Clock },
  config: MiawConfig,
  token: GuestToken,
  renewed: (accessToken: string) => void = () => undefined,
): TokenKeeper {
  return {
    current: token.accessToken,
    expiresAt: token.expiresAt,
    // Without a signal of a caller: whoever waits may leave, the renewal serves the others. The time limit bounds it.
    renew: (accessToken) => renewToken(deps, config, accessToken),
    clock: deps.clock,
    renewed,
    renewing: undefined,
    triedFor: undefined,
    refusal: undefined,
  };
}

/** The token to use now, renewed first if it is about to expire. A renewal that fails leaves the old one in use. */
export async function usableToken(keeper: TokenKeeper): Promise<string> {
  if (isDue(keeper)) await renewEarly(keeper);
  return keeper.current;
}

/** Renews ahead of time without making anybody wait. */
export function renewIfDue(keeper: TokenKeeper): void {
  if (isDue(keeper)) void renewEarly(keeper);
}

/** Replaces a token that was refused; nothing to do where somebody has replaced it meanwhile. Throws TOKEN_EXPIRED. */
export async function replaceToken(keeper: TokenKeeper, refused: string): Promise<void> {
  if (keeper.current !== refused) return;
  await renewOnce(keeper);
}

function isDue({ expiresAt, clock, triedFor }: TokenKeeper): boolean {
  return expiresAt !== undefined && triedFor !== expiresAt && expiresAt - clock.now() < RENEW_BEFORE_MS;
}

async function renewEarly(keeper: TokenKeeper): Promise<void> {
  await renewOnce(keeper).catch(() => undefined);
}

function renewOnce(keeper: TokenKeeper): Promise<void> {
  if (keeper.refusal) return Promise.reject(keeper.refusal);
  keeper.renewing ??= renewNow(keeper).finally(() => {
    keeper.renewing = undefined;
  });
  return keeper.renewing;
}

async function renewNow(keeper: TokenKeeper): Promise<void> {
  keeper.triedFor = keeper.expiresAt;
  const token = await renewed(keeper);
  if (token.expiresAt !== keeper.expiresAt) keeper.triedFor = undefined;
  keeper.current = token.accessToken;
  keeper.expiresAt = token.expiresAt;
  keeper.renewed(token.accessToken);
}

async function renewed(keeper: TokenKeeper): Promise<GuestToken> {
  try {
    return await keeper.renew(keeper.current);
  } catch (error) {
    if (!isRefusal(statusOf(error))) throw error;
    keeper.refusal = new HandoffError('TOKEN_EXPIRED', { cause: error });
    throw keeper.refusal;
  }
}
