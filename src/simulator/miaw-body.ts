import { type Answer, refuse } from './miaw-answer.ts';

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as a JSON object, or undefined. */
export function parseObject(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const NOT_JSON: Answer = refuse(400, 'The request body must be a JSON object.');

type Kind = 'string' | 'boolean' | 'object' | 'array';

/** A member that has to be there; `?` behind the kind lets it be absent or null. */
export type Shape = Readonly<Record<string, Kind | `${Kind}?`>>;

/** The refusal that names the first member of the wrong kind, or undefined. */
export function misshapen(body: Json, shape: Shape, parent = ''): Answer | undefined {
  for (const [name, kind] of Object.entries(shape)) {
    const value = body[name];
    const isMissing = value === undefined || value === null || value === '';
    if (isMissing && kind.endsWith('?')) continue;
    if (isMissing) return refuse(400, `${parent}${name} is required.`);
    const wanted = kind.replace('?', '');
    if (kindOf(value) !== wanted) return refuse(400, `${parent}${name} must be of type ${wanted}.`);
  }
  return undefined;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A member that is known to be a string, or the empty string. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The string members of an object that may be absent. */
export function stringsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
