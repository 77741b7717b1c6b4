import { GUIDE, type GuideEntry } from './steps.ts';

/**
 * The entries of a track (`miaw`) or the one of a step (`miaw.1`), in the guide's order; everything without a query.
 * Undefined where no track and no step has that name.
 */
export function guideFor(query?: string): readonly GuideEntry[] | undefined {
  if (query === undefined) return GUIDE;
  const wanted = query.trim().toLowerCase();
  const found = GUIDE.filter((entry) => entry.id === wanted || entry.track === wanted);
  return found.length > 0 ? found : undefined;
}

/** Everything that `guideFor` understands: tracks, then steps. */
export function guideTopics(): readonly string[] {
  return [...new Set<string>([...GUIDE.map((entry) => entry.track), ...GUIDE.map((entry) => entry.id)])];
}
