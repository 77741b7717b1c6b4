import { ENV_NAMES } from '../config/load.ts';
import type { Profile } from '../config/project-file.ts';
import { FIELDS } from '../core/config.ts';

/** A profile for another place: a project file, shell variables, or lines for a GitHub Actions `env:` block. */
export function exportProfile(name: string, profile: Profile, format: 'json' | 'env' | 'github'): string {
  if (format === 'json') return `${JSON.stringify({ default: name, profiles: { [name]: profile } }, null, 2)}\n`;
  const pairs = [
    ['SF_HANDOFF_CHANNEL', profile.channel],
    ...FIELDS[profile.channel].map((field) => [ENV_NAMES[field], profile[field] ?? '']),
  ] as const;
  const lines = pairs.map(([key = '', value = '']) =>
    format === 'env' ? `${key}=${shellQuote(value)}` : `  ${key}: ${JSON.stringify(value)}`,
  );
  return `${[...(format === 'github' ? ['env:'] : []), ...lines].join('\n')}\n`;
}

function shellQuote(value: string): string {
  return /^[\w@%+=:,./-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
