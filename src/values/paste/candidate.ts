import type { FieldName } from '../../core/config.ts';

/** How a value was found, the surest first: under its name, by its place in a call, in a web snippet, by its looks. */
export const RANKS = ['named', 'call', 'web', 'loose', 'invitation'] as const;
export type Rank = (typeof RANKS)[number];

/** A text of the paste that may be the value of a field. */
export interface Candidate {
  readonly field: FieldName;
  readonly text: string;
  readonly offset: number;
  readonly rank: Rank;
  /** The value belongs to the web client, whose Developer Name a bot cannot use. */
  readonly isWeb?: boolean;
}

/** Something that stands where a value should, but is computed when the code runs. */
export interface NotLiteral {
  readonly field: FieldName;
  readonly text: string;
  readonly offset: number;
}

export interface Reading {
  readonly candidates: readonly Candidate[];
  readonly notLiteral: readonly NotLiteral[];
}
