/** Nothing for a moment that no calendar has; the service may send any number. */
export function dateOf(ms: number): Date | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A moment in a form that needs no knowledge of the reader's time zone. */
export function moment(ms: number): string {
  return (
    dateOf(ms)
      ?.toISOString()
      .replace('T', ' ')
      .replace(/:\d\d\.\d{3}Z$/, ' UTC') ?? 'an unknown time'
  );
}
