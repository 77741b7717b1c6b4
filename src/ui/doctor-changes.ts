import type { CheckStatus } from '../core/check.ts';
import type { Line } from '../core/line.ts';
import { blockLines, markSpan } from './doctor-row.ts';

/** One change as `doctor --watch` tells it. */
export interface ChangeView {
  readonly title: string;
  readonly from?: CheckStatus;
  readonly to: CheckStatus;
  readonly cause?: string;
  readonly message?: string;
  readonly hint?: string;
}

interface ChangeOptions {
  /** Time of day. */
  readonly at: string;
  readonly unicode: boolean;
  readonly width: number;
  /** The profile, where there are several. */
  readonly name?: string;
}

const WORDS: Readonly<Record<CheckStatus, string>> = {
  pass: 'passes',
  warn: 'warns',
  fail: 'fails',
  skip: 'is skipped',
  crash: 'cannot be checked',
};

/** When, what, and how it is now; what to do, where something went wrong. */
export function changeLines(change: ChangeView, options: ChangeOptions): Line[] {
  const name = options.name === undefined ? '' : `${options.name}  `;
  const told = change.from === undefined ? 'now' : 'again';
  const word = change.to === 'pass' && change.from !== undefined ? `${WORDS.pass} ${told}` : WORDS[change.to];
  const head: Line = [
    { text: `${options.at}  `, tone: 'dim' },
    markSpan(change.to, options.unicode),
    ` ${name}${change.title} ${word}`,
    ...(change.cause === undefined ? [] : [{ text: `  ${change.cause}`, tone: 'dim' } as const]),
  ];
  const indent = ' '.repeat(options.at.length + 4);
  const message = change.message === undefined ? [] : blockLines(indent, change.message, options.width, 'dim');
  const isTrouble = change.to === 'fail' || change.to === 'warn';
  const arrow = `${indent}${options.unicode ? '→' : '->'} `;
  return [head, ...message, ...(isTrouble && change.hint ? blockLines(arrow, change.hint, options.width) : [])];
}
