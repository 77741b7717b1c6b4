import { FIELD_LABELS, FIELDS, type FieldName } from '../core/config.ts';
import type { Line } from '../core/line.ts';
import { type Choice, Pasted } from '../ui/questions.ts';
import { valuesReport } from '../ui/values-report.ts';
import { type Draft, judge, withChannel } from './init-draft.ts';
import { askField } from './init-field.ts';
import { absorb, offerMiaw } from './init-paste.ts';
import type { Talk } from './init-talk.ts';
import { domainOf } from './target.ts';

type Wish = { readonly kind: 'on' | 'paste' | 'channel' } | { readonly kind: 'field'; readonly field: FieldName };

/** Shows every value with what was changed and why, and lets one change any of them before anything else happens. */
export async function review(draft: Draft, talk: Talk): Promise<{ draft: Draft; isRight: boolean }> {
  const { context, prompter, options } = talk;
  const { io } = context;
  const validation = judge(draft, domainOf(options));
  const report = valuesReport(validation, { width: io.width, unicode: io.unicode, verbose: io.verbose });
  const isMended = validation.values.some((row) => row.value !== null && row.value !== row.given);
  const arrow = io.unicode ? '→' : '->';
  const mended: Line[] = isMended ? [[{ text: `  What stands behind ${arrow} will be saved.`, tone: 'dim' }]] : [];
  await io.print([[''], ...report, ...preChatLines(draft), ...mended, ['']]);
  if (options.yes) return { draft, isRight: true };
  const wish = await prompter.selectOrPaste('Is this right?', choices(draft));
  if (wish instanceof Pasted) return { draft: await absorb(draft, wish.text, talk), isRight: false };
  return wish.kind === 'on' ? { draft, isRight: true } : { draft: await grant(wish, draft, talk), isRight: false };
}

function choices(draft: Draft): Choice<Wish>[] {
  const other = draft.channel === 'miaw' ? 'Live Chat (legacy)' : 'MIAW';
  return [
    { value: { kind: 'on' }, name: 'Yes, go on' },
    ...FIELDS[draft.channel].map(
      (field): Choice<Wish> => ({ value: { kind: 'field', field }, name: `Change ${FIELD_LABELS[field]}` }),
    ),
    { value: { kind: 'paste' }, name: 'Paste something else' },
    { value: { kind: 'channel' }, name: `Set up ${other} instead` },
  ];
}

async function grant(wish: Wish, draft: Draft, talk: Talk): Promise<Draft> {
  if (wish.kind === 'field') return askField(draft, wish.field, talk);
  if (wish.kind === 'channel')
    return withChannel(draft, await offerMiaw(draft.channel === 'miaw' ? 'live-chat' : 'miaw', talk));
  await talk.context.io.print([['Paste it, and finish with an empty line.']]);
  const text = await talk.prompter.lines();
  return text === '' ? draft : absorb(draft, text, talk);
}

function preChatLines(draft: Draft): string[][] {
  const names = Object.keys(draft.given.preChat ?? {});
  return names.length === 0 ? [] : [[`  Pre-chat values: ${names.join(', ')}`]];
}
