import type { Profile } from '../config/project-file.ts';
import type { Context } from '../context.ts';
import { FIELD_LABELS, FIELDS } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { shellWord } from '../core/shell-word.ts';
import { holdsSecret } from '../values/secrets.ts';

interface Change {
  /** What was changed, as a person calls it. */
  readonly what: string;
  edit(profile: Profile): Profile;
}

/** Changes one value of a stored profile, or one of its pre-chat values (`pre-chat.City`); an empty pre-chat value removes it. */
export async function setValue(name: string, field: string, value: string, context: Context): Promise<string> {
  if (holdsSecret(value)) {
    throw new HandoffError('VALUES_INVALID', {
      message: 'This holds an access token or another secret; nothing was saved',
      hint: 'revoke it if it was pasted anywhere else, and enter the value alone',
    });
  }
  const profiles = await context.profiles();
  let what = field;
  await profiles.change(name, (profile) => {
    const change = changeOf(field, value, profile);
    what = change.what;
    return change.edit(profile);
  });
  const said = value === '' ? 'is removed' : `is now ${value}`;
  return `${name}: ${what} ${said}. Check it: sf-handoff doctor --profile ${shellWord(name)}`;
}

function changeOf(given: string, value: string, profile: Profile): Change {
  const name = /^pre-?chat\.(.+)$/i.exec(given)?.[1];
  if (name !== undefined)
    return { what: `pre-chat ${name}`, edit: (before) => withPreChat(before, name.trim(), value) };
  const fields = FIELDS[profile.channel];
  const plain = (text: string) => text.replaceAll('-', '').toLowerCase();
  const field = fields.find((candidate) => plain(candidate) === plain(given));
  if (field) return { what: FIELD_LABELS[field], edit: (before) => ({ ...before, [field]: value }) };
  const near = nearest(given, fields);
  throw new HandoffError('INVALID_ARGUMENT', {
    message: `A ${profile.channel} profile has no “${given}”`,
    hint: near ? `did you mean ${near}?` : `it has ${fields.join(', ')} and pre-chat.<name>`,
  });
}

function withPreChat(profile: Profile, name: string, value: string): Profile {
  const { preChat = {}, ...rest } = profile;
  const others = Object.entries(preChat).filter(([key]) => key !== name);
  const entries = value === '' ? others : [...others, [name, value] as const];
  return entries.length === 0 ? rest : { ...rest, preChat: Object.fromEntries(entries) };
}
