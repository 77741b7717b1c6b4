const DEFAULT_LIMIT = 20;
const MOST = 50;

/** `limit` of a query, kept between 1 and 50. */
export function limitOf(query: URLSearchParams): number {
  const given = Number.parseInt(query.get('limit') ?? '', 10);
  return Number.isNaN(given) ? DEFAULT_LIMIT : Math.min(MOST, Math.max(1, given));
}

/** Whether a time lies in the query's span, whose ends are epoch milliseconds and belong to it. */
export function isWithin(query: URLSearchParams, at: number): boolean {
  const start = Number(query.get('startTimestamp') ?? Number.NEGATIVE_INFINITY);
  const end = Number(query.get('endTimestamp') ?? Number.POSITIVE_INFINITY);
  // Negated, so that an end which is no number bounds nothing.
  return !(at < start) && !(at > end);
}
