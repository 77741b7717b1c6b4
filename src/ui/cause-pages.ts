import type { Line } from '../core/line.ts';
import { blockLines } from './doctor-row.ts';

/** One cause as it is explained. */
export interface CauseView {
  readonly code: string;
  readonly symptom: string;
  readonly proof: string;
  readonly mend: string;
  readonly step?: string;
}

const LABELS = [
  ['symptom', 'Symptom  '],
  ['proof', 'Proof    '],
  ['mend', 'Mend     '],
] as const;

export function causeLines(cause: CauseView, { width }: { readonly width: number }): Line[] {
  const rows = LABELS.flatMap(([member, label]) => blockLines(`  ${label}`, cause[member], width));
  const step = cause.step ? blockLines('  Guide    ', `sf-handoff guide ${cause.step}`, width) : [];
  return [[{ text: cause.code, tone: 'bold' }], ...rows, ...step];
}

/** All causes as the page of the documentation. */
export function causesMarkdown(
  groups: readonly { readonly title: string; readonly causes: readonly CauseView[] }[],
): string {
  const lines = groups.flatMap(({ title, causes }) => [`## ${title}`, '', ...causes.flatMap(section)]);
  const head = [
    '# Causes',
    '',
    'Every cause that `doctor`, `validate` or an error can name: what one sees, what proves it, what mends it, and the step of the',
    'set-up guide. `sf-handoff doctor --explain <cause>` shows one in the terminal. Written by `npm run docs` from `src/doctor/causes/`.',
    '',
  ];
  return [...head, ...lines].join('\n');
}

function section({ code, symptom, proof, mend, step }: CauseView): string[] {
  const guide = step ? [`- **Guide:** \`sf-handoff guide ${step}\``] : [];
  const rows = [`- **Symptom:** ${plain(symptom)}`, `- **Proof:** ${plain(proof)}`, `- **Mend:** ${plain(mend)}`];
  return [`### ${code}`, '', ...rows, ...guide, ''];
}

function plain(text: string): string {
  return text.replace(/[<>*_]/g, (character) => `\\${character}`);
}
