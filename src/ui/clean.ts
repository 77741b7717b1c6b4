/** Invisible characters that reorder what a terminal shows: bidirectional embeddings, overrides, isolates and marks. */
const REORDERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const BREAKING = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** Strings for the terminal (titles, links, clipboard), then CSI, then any other escape; each in linear time on hostile text. */
const SEQUENCES =
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0000-\u001f\u007f-\u009f]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;

/** Text of any origin made safe to stand on one line of a terminal: no escape sequences, no control characters, no reordering. */
export function clean(text: string): string {
  return text.replace(SEQUENCES, '').replace(BREAKING, ' ').replace(CONTROL, '').replace(REORDERING, '');
}

/** The same text as lines, each of them clean. */
export function cleanLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map(clean);
}

/** GitHub Actions obeys `::command::` at the start of a line and `##[command]` anywhere in it. A backslash breaks both. */
export function inert(line: string): string {
  return line.replace(/^\s*(?=::)/, '$&\\').replaceAll('##[', '#\\#[');
}
