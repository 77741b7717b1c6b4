import { ENV_NAMES } from '../config/layers.ts';
import type { Profile } from '../config/project-file.ts';
import { FIELDS } from '../core/config.ts';
import { shQuoted } from '../core/shell-word.ts';

/** A profile for another place: a project file, variables for a shell or an env file, or an `env:` block of GitHub Actions. */
export function exportProfile(name: string, profile: Profile, format: 'json' | 'env' | 'github'): string {
  if (format === 'json') return `${JSON.stringify({ default: name, profiles: { [name]: profile } }, null, 2)}\n`;
  const pairs = [
    ['SF_HANDOFF_CHANNEL', profile.channel],
    ...FIELDS[profile.channel].map((field) => [ENV_NAMES[field], profile[field] ?? '']),
  ] as const;
  const lines = pairs.map(([key = '', value = '']) =>
    format === 'env'
      ? `${key}=${/^[\w@%+=:,./-]*$/.test(value) ? value : shQuoted(value)}`
      : `  ${key}: ${JSON.stringify(value)}`,
  );
  return `${[...(format === 'github' ? ['env:'] : []), ...lines].join('\n')}\n`;
}

/** What the format cannot carry. */
export function leftOut(profile: Profile, format: 'json' | 'env' | 'github'): string[] {
  const names = Object.keys(profile.preChat ?? {});
  if (format === 'json' || names.length === 0) return [];
  return [`Left out: the pre-chat values ${names.join(', ')}. A project file carries them: --format json`];
}
