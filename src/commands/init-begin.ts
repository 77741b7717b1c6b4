import { FLAG_NAMES } from '../config/layers.ts';
import type { FieldName } from '../core/config.ts';
import type { Talk } from './init-talk.ts';
import { profilePlaces } from './profile-files.ts';

/** The profile to change: the one that was named, or chosen where there are some and nothing else was said. */
export async function chooseProfile({ options, context, prompter }: Talk): Promise<string | undefined> {
  const named = options.profile ?? (context.env.SF_HANDOFF_PROFILE || undefined);
  const fields = Object.keys(FLAG_NAMES) as FieldName[];
  const said = [options.name, options.from, options.config, options.channel, ...fields.map((field) => options[field])];
  if (named !== undefined || said.some((text) => text !== undefined)) return named;
  const places = await profilePlaces(options, context);
  const rows = places.flatMap(({ file }) => Object.entries(file.profiles));
  if (rows.length === 0) return undefined;
  const seen = new Map([...rows].reverse());
  return prompter.select<string | undefined>('What would you like to do?', [
    { value: undefined, name: 'Set up a new handoff' },
    ...[...seen].map(([name, profile]) => ({
      value: name,
      name: `Look through ${name} and change it`,
      hint: profile.channel === 'miaw' ? (profile.baseUrl ?? '') : (profile.liveAgentUrl ?? ''),
    })),
  ]);
}
