import { type CrossFinding, FIELD_LABELS, FIELDS, type FieldName } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import { guideStepOf } from './field-steps.ts';
import { type NormaliseOptions, normaliseValue } from './normalise.ts';
import { type FieldVerdict, findingsAt } from './verdict.ts';

/** One field as given and judged by its own rules. */
export interface JudgedField {
  readonly field: FieldName;
  readonly given: string;
  readonly verdict: FieldVerdict;
}

export interface Placement {
  /** Values that stood in the wrong field, by the field they belong in. */
  readonly moved: ReadonlyMap<FieldName, string>;
  readonly findings: readonly CrossFinding[];
}

interface Move {
  readonly from: FieldName;
  readonly to: FieldName;
  readonly value: string;
}

/** Finds values that are right but in each other's fields, so that what follows can go on with them. */
export function findMisplaced(fields: readonly JudgedField[], options: NormaliseOptions): Placement {
  const lost = fields.filter(({ verdict }) => verdict.value === null);
  const strong = lost
    .filter(({ field }) => field !== 'developerName')
    .flatMap(({ field }) => moveInto(field, lost, options));
  const moves = [...strong, ...moveName(lost, strong, options)];
  const channel = options.channel ?? 'miaw';
  const emptied = (move: Move) => lost.some(({ field, given }) => field === move.to && given.trim() === '');
  const moved = new Map(moves.filter((move) => !emptied(move)).map((move) => [move.to, move.value]));
  return { moved, findings: [...describe(moves, channel), ...doubled(fields, channel)] };
}

/** An ID or an address says by itself where it belongs; two that belong in the same field decide nothing. */
function moveInto(to: FieldName, lost: readonly JudgedField[], options: NormaliseOptions): Move[] {
  const moves = lost.flatMap(({ field: from, given }) => {
    if (from === to || given.trim() === '') return [];
    const { value } = normaliseValue(to, given, options);
    return value === null ? [] : [{ from, to, value }];
  });
  return new Set(moves.map(({ value }) => value)).size === 1 ? moves.slice(0, 1) : [];
}

/** Nearly every word could be a Developer Name: one is moved only out of a field whose own value was found elsewhere. */
function moveName(lost: readonly JudgedField[], strong: readonly Move[], options: NormaliseOptions): Move[] {
  if (!lost.some(({ field }) => field === 'developerName')) return [];
  const emptied = lost.filter(({ field, given }) => given.trim() !== '' && strong.some((move) => move.to === field));
  const names = emptied.flatMap(({ field: from, given }) => {
    const { value } = normaliseValue('developerName', given, options);
    return value === null ? [] : [{ from, to: 'developerName' as const, value }];
  });
  return names.length === 1 ? names : [];
}

function describe(moves: readonly Move[], channel: Channel): CrossFinding[] {
  const [first] = moves;
  if (!first) return [];
  const places = moves.map(
    ({ from, to, value }) => `${value} stands in ${FIELD_LABELS[from]} and belongs in ${FIELD_LABELS[to]}`,
  );
  const fields = FIELDS[channel].filter((field) => moves.some(({ from, to }) => from === field || to === field));
  const { fail } = findingsAt(guideStepOf(first.to, channel));
  if (moves.length === 1)
    return [{ ...fail('VALUE_MISPLACED', places.join(''), `move it to ${FIELD_LABELS[first.to]}`), fields }];
  return [
    { ...fail('VALUES_SWAPPED', `Values are in each other’s fields: ${places.join('; ')}`, 'swap them'), fields },
  ];
}

function doubled(fields: readonly JudgedField[], channel: Channel): CrossFinding[] {
  const groups = new Map<string, FieldName[]>();
  for (const { field, given, verdict } of fields) {
    const text = given.trim();
    if (text !== '' && verdict.given === undefined) groups.set(text, [...(groups.get(text) ?? []), field]);
  }
  return [...groups.values()].flatMap((same) => {
    const wrong = fields.find(({ field, verdict }) => same.includes(field) && verdict.value === null);
    if (same.length < 2 || !wrong) return [];
    const labels = same.map((field) => FIELD_LABELS[field]).join(' and ');
    const { fail } = findingsAt(guideStepOf(wrong.field, channel));
    return [
      {
        ...fail(
          'VALUE_DOUBLED',
          `${labels} hold the same text; one was pasted twice`,
          `copy ${FIELD_LABELS[wrong.field]} again`,
        ),
        fields: same,
      },
    ];
  });
}
