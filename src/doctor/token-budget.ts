import type { Clock } from '../core/clock.ts';
import type { Http, HttpRequest } from '../core/http.ts';

/** Salesforce counts token calls per org, and production needs them: a diagnosis takes no more than this. */
const MOST = 2;
const WINDOW_MS = 60_000;
const TOKEN_PATH = /\/authorization\/[\w-]+\/access-token$|\/continuation-access-token$/;

/** Keeps all runs of this process within two token calls per minute and org. */
export interface TokenBudget {
  /** How long a run of this org that asks for `calls` tokens has to be put off. */
  delayMs(org: string, calls: number): number;
  /** Token calls of the org so far. */
  total(org: string): number;
  /** The same network, with its token calls counted for the org. */
  counted(http: Http, org: string): Http;
}

export function createTokenBudget(clock: Clock): TokenBudget {
  const moments = new Map<string, number[]>();
  const totals = new Map<string, number>();
  const count = (org: string) => {
    moments.set(org, [...recent(org), clock.now()]);
    totals.set(org, (totals.get(org) ?? 0) + 1);
  };
  const recent = (org: string) => (moments.get(org) ?? []).filter((at) => at + WINDOW_MS > clock.now());
  return {
    delayMs(org, calls) {
      const taken = recent(org);
      const tooMany = taken.length + Math.min(calls, MOST) - MOST;
      const last = tooMany > 0 ? taken[tooMany - 1] : undefined;
      return last === undefined ? 0 : last + WINDOW_MS - clock.now();
    },
    total: (org) => totals.get(org) ?? 0,
    counted(http, org) {
      const request = (question: HttpRequest) => {
        const { pathname } = new URL(question.url);
        if (TOKEN_PATH.test(pathname)) count(org);
        return http.request(question);
      };
      return { ...http, request };
    },
  };
}
