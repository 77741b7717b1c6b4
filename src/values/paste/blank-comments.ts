import { closingQuote, isQuote } from './quoted.ts';

interface Skip {
  readonly end: number;
  readonly isComment: boolean;
}

/** The text with comments of JavaScript and HTML turned into blanks: same length, same lines. The `//` of an address stays. */
export function blankComments(text: string): string {
  const interesting = /["'`\\/<]/g;
  const open = { block: text.includes('*/'), markup: text.includes('-->') };
  const pieces: string[] = [];
  let kept = 0;
  for (let match = interesting.exec(text); match !== null; match = interesting.exec(text)) {
    const skip = skipFrom(text, match.index, open);
    if (skip.isComment) {
      pieces.push(text.slice(kept, match.index), text.slice(match.index, skip.end).replace(/[^\n]/g, ' '));
      kept = skip.end;
    }
    interesting.lastIndex = skip.end;
  }
  return pieces.join('') + text.slice(kept);
}

/** `open` remembers which kinds of comment can still be closed, so that a text full of open ones is searched once. */
function skipFrom(text: string, at: number, open: { block: boolean; markup: boolean }): Skip {
  const character = text.charAt(at);
  if (character === '\\') return { end: at + 2, isComment: false };
  if (isQuote(character)) return skipQuoted(text, at);
  if (text.startsWith('//', at)) return skipLine(text, at);
  if (text.startsWith('/*', at) && open.block) {
    const end = text.indexOf('*/', at + 2);
    open.block = end >= 0;
    if (end >= 0) return { end: end + 2, isComment: true };
  }
  if (text.startsWith('<!--', at) && open.markup) {
    const end = text.indexOf('-->', at + 4);
    open.markup = end >= 0;
    if (end >= 0) return { end: end + 3, isComment: true };
  }
  return { end: at + 1, isComment: false };
}

function skipQuoted(text: string, at: number): Skip {
  if (text.startsWith('```', at)) return { end: at + 3, isComment: false };
  const close = closingQuote(text, at, { end: text.length });
  return { end: close < 0 ? at + 1 : close + 1, isComment: false };
}

function skipLine(text: string, at: number): Skip {
  if (text.charAt(at - 1) === ':') return { end: at + 2, isComment: false };
  const end = text.indexOf('\n', at);
  return { end: end < 0 ? text.length : end, isComment: true };
}
