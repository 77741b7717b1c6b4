import { createHmac, randomBytes } from 'node:crypto';
import { CHANNEL_ID } from './miaw-deployment.ts';
import type { World } from './world.ts';

const LIFETIME_SECONDS = 21_600;
const SANDBOX_ORG_ID = '00DAd000004kTbN';
const SHORT_LIFETIME_SECONDS = 5;
const PAST_LIFETIME_SECONDS = -60;

/** One minted token. `expiresAt` is epoch seconds, `capabilities` the number that switches newer events on. */
export interface Token {
  readonly jwt: string;
  readonly subject: string;
  readonly clientId: string;
  /** The first 15 characters. */
  readonly orgId: string;
  readonly deviceId: string;
  readonly capabilities: number;
  readonly expiresAt: number;
}

interface TokenWish {
  readonly subject: string;
  readonly deviceId: string;
  readonly orgId: string;
  readonly capabilities: number;
  /** A renewed token keeps the end of the old one. */
  readonly expiresAt?: number;
}

export interface TokenOffice {
  mint(wish: TokenWish): Token;
  /** Undefined for text that is no token of this simulator, or a revoked one. */
  find(jwt: string): Token | undefined;
  isExpired(token: Token): boolean;
  revoke(token: Token): void;
  /** Whoever holds a token, oldest first. */
  subjects(): readonly string[];
  /** Takes all tokens of a subject away. */
  forget(subject: string): void;
}

export function createTokenOffice(world: World): TokenOffice {
  const key = randomBytes(32);
  const tokens = new Map<string, Token>();
  const lifetime = lifetimeOf(world);
  return {
    mint({ expiresAt, ...wish }) {
      const issuedAt = Math.floor(world.clock.now() / 1000);
      const exp = expiresAt ?? issuedAt + lifetime;
      const clientId = world.random.uuid();
      const orgId = world.faults.has('other-org-token') ? SANDBOX_ORG_ID : wish.orgId;
      const claims = { sub: wish.subject, orgId, channelAddId: CHANNEL_ID, clientId, iat: issuedAt, exp };
      const token = { ...wish, orgId, clientId, expiresAt: exp, jwt: sign(claims, key) };
      tokens.set(token.jwt, token);
      return token;
    },
    find: (jwt) => tokens.get(jwt),
    isExpired: (token) => world.clock.now() >= token.expiresAt * 1000,
    revoke: (token) => void tokens.delete(token.jwt),
    subjects: () => [...new Set([...tokens.values()].map(({ subject }) => subject))],
    forget(subject) {
      for (const token of tokens.values()) if (token.subject === subject) tokens.delete(token.jwt);
    },
  };
}

function lifetimeOf({ faults }: World): number {
  if (faults.has('token-expired')) return PAST_LIFETIME_SECONDS;
  return faults.has('token-expires') ? SHORT_LIFETIME_SECONDS : LIFETIME_SECONDS;
}

function sign(claims: object, key: Buffer): string {
  const head = encode({ kid: 'simulator-1', typ: 'JWT', alg: 'HS256' });
  const signed = `${head}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** The `sub` of a customer's identity token, unverified, or undefined where it is not a JWT with one. */
export function identityOf(jwt: string): string | undefined {
  try {
    const [, claims = ''] = jwt.split('.');
    const { sub }: { sub?: unknown } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    return typeof sub === 'string' && sub !== '' ? sub : undefined;
  } catch {
    return undefined;
  }
}
