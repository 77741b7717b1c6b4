const SCHEMA_VERSION = 1;

/** Characters that JSON may carry as they are and a terminal would act upon. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A document (indented) or one value on a line of its own; both end with a line feed and carry the schema version first. */
export function encodeJson(value: unknown, layout: 'document' | 'line'): string {
  const versioned = { schemaVersion: SCHEMA_VERSION, ...(value as object) };
  return `${safe(layout === 'document' ? JSON.stringify(versioned, null, 2) : JSON.stringify(versioned))}\n`;
}

/** One value on a line of its own in a format that carries its version elsewhere. */
export function encodeJsonLine(value: object): string {
  return `${safe(JSON.stringify(value))}\n`;
}

/** `##[command]` in a line of a log is a command to GitHub Actions. */
function safe(json: string): string {
  return json.replace(UNSAFE, escapeCharacter).replaceAll('##[', '#\\u0023[');
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
