/** What a piece of text means on the screen; the painter decides what it looks like. */
export type Tone = 'plain' | 'ok' | 'warn' | 'fail' | 'dim' | 'bold' | 'accent';

/** Text of one tone. Text of any origin may stand here: the painter cleans it. */
export type Span = string | { readonly text: string; readonly tone: Tone };

/** One line of the terminal, without its line break. */
export type Line = readonly Span[];
