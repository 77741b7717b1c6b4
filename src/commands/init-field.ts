import { FIELD_LABELS, type FieldName, type ValueResult } from '../core/config.ts';
import { Pasted } from '../ui/questions.ts';
import { valuesReport } from '../ui/values-report.ts';
import { holdsSecret } from '../values/secrets.ts';
import { type Draft, judge, movesOf, withAnswer, withMoves, withoutFields } from './init-draft.ts';
import { absorb } from './init-paste.ts';
import { fullPage, whereIs } from './init-steps.ts';
import type { Talk } from './init-talk.ts';
import { kindOf, liveVerdict, objection } from './init-verdict.ts';
import { domainOf } from './target.ts';

/** Offers to move what stands in the wrong field, then asks for each value that is missing or unusable. */
export async function settle(start: Draft, talk: Talk): Promise<Draft> {
  let draft = await offerMoves(start, talk);
  const open = () => judge(draft, domainOf(talk.options)).values.find((row) => row.value === null);
  for (let row = open(); row; row = open()) {
    await tellWhy(row, draft, talk);
    draft = await offerMoves(await askField(draft, row.field, talk), talk);
  }
  return draft;
}

async function offerMoves(draft: Draft, { context, prompter, options }: Talk): Promise<Draft> {
  const moves = movesOf(draft, domainOf(options));
  if (moves.length === 0) return draft;
  const rows = moves.map(({ from, to, text }) => [
    `  ${text} stands in ${FIELD_LABELS[from]} and belongs in ${FIELD_LABELS[to]}`,
  ]);
  await context.io.print([[''], ...rows]);
  const question = moves.length > 1 ? 'Swap them?' : `Move it to ${FIELD_LABELS[moves[0]?.to ?? 'orgId']}?`;
  if (options.yes || (await prompter.confirm(question, true))) return withMoves(draft, moves);
  return withoutFields(
    draft,
    moves.map(({ from }) => from),
  );
}

/** Asks for one value; the old one is there to be edited. A paste may bring others along. */
export async function askField(draft: Draft, field: FieldName, talk: Talk): Promise<Draft> {
  const { context, prompter, options } = talk;
  const settings = { ...domainOf(options), unicode: context.io.unicode };
  await context.io.print(whereIs(field, draft.channel, talk.told, context));
  const before = draft.given.values[field]?.text;
  for (;;) {
    const answer = await prompter.inputOrPaste(FIELD_LABELS[field], {
      ...(before ? { initial: before } : {}),
      check: (text) => (text.trim() === '?' ? undefined : objection(draft, field, text, settings)),
      live: (text) => liveVerdict(draft, field, text, settings),
      conceals: holdsSecret,
    });
    if (answer instanceof Pasted) return absorb(draft, answer.text, talk);
    const kind = kindOf(draft, field, answer);
    if (kind === 'paste') return absorb(draft, answer, talk);
    if (kind === 'value') return withAnswer(draft, field, answer);
    await context.io.print(fullPage(field, draft.channel, context));
  }
}

async function tellWhy(row: ValueResult, draft: Draft, { context, options }: Talk): Promise<void> {
  if (row.given === '') return;
  const { io } = context;
  const validation = judge(draft, domainOf(options));
  await io.print(
    valuesReport(
      { ...validation, values: [row], findings: [], unused: [] },
      { width: io.width, unicode: io.unicode, verbose: false },
    ),
  );
}
