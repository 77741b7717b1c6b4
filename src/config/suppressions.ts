/** A finding that the project knows and lets pass for a while; judged when doctor runs. */
export interface Suppression {
  readonly cause?: string;
  /** The id of a check. */
  readonly check?: string;
  /** Every profile where it is absent. */
  readonly profile?: string;
  readonly reason?: string;
  /** The last day on which it holds, `2026-12-31`. */
  readonly until?: string;
}

const MEMBERS = ['cause', 'check', 'profile', 'reason', 'until'] as const;

/** The `suppress` of a project file; undefined where it has another shape. */
export function toSuppressions(value: unknown): readonly Suppression[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  return value.every(isSuppression) ? value : undefined;
}

function isSuppression(value: unknown): value is Suppression {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = value as Readonly<Record<string, unknown>>;
  return MEMBERS.every((name) => members[name] === undefined || typeof members[name] === 'string');
}
