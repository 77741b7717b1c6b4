import { FIELDS, type FieldName, type ValueSource } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import type { Paste } from '../values/snippets.ts';
import type { Profile } from './project-file.ts';

/** Values of one origin. */
export interface Layer {
  readonly source: ValueSource;
  readonly channel?: Channel | undefined;
  readonly values: Readonly<Partial<Record<FieldName, { readonly text: string; readonly line?: number }>>>;
  readonly preChat?: Readonly<Record<string, unknown>> | undefined;
}

export const ALL_FIELDS: readonly FieldName[] = [...FIELDS['live-chat'], 'baseUrl', 'developerName'];
/** The environment name of each value. */
export const ENV_NAMES: Readonly<Record<FieldName, string>> = {
  liveAgentUrl: 'SF_HANDOFF_LIVE_AGENT_URL',
  orgId: 'SF_HANDOFF_ORG_ID',
  deploymentId: 'SF_HANDOFF_DEPLOYMENT_ID',
  buttonId: 'SF_HANDOFF_BUTTON_ID',
  baseUrl: 'SF_HANDOFF_BASE_URL',
  developerName: 'SF_HANDOFF_DEVELOPER_NAME',
};

/** The flag of each value. */
export const FLAG_NAMES: Readonly<Record<FieldName, string>> = {
  liveAgentUrl: '--live-agent-url',
  orgId: '--org-id',
  deploymentId: '--deployment-id',
  buttonId: '--button-id',
  baseUrl: '--base-url',
  developerName: '--developer-name',
};

/** A flag and a variable are called otherwise for each value. */
export function sourceOf(field: FieldName, source: ValueSource, line: number | undefined): ValueSource {
  if (source.kind === 'flag') return { ...source, name: FLAG_NAMES[field] };
  if (source.kind === 'environment') return { ...source, name: ENV_NAMES[field] };
  return line === undefined ? source : { ...source, line };
}

export function flagLayer(options: Readonly<Partial<Record<FieldName, string>>>): Layer {
  return { source: { kind: 'flag' }, values: pick((field) => options[field]) };
}

export function environmentLayer(env: Readonly<Record<string, string | undefined>>): Layer {
  return { source: { kind: 'environment' }, values: pick((field) => env[ENV_NAMES[field]] || undefined) };
}

export function pasteLayer(paste: Paste, name: string): Layer {
  return { source: { kind: 'paste', name }, channel: paste.channel, values: paste.values, preChat: paste.preChat };
}

export function profileLayer(kind: ValueSource['kind'], name: string, profile: Profile): Layer {
  return {
    source: { kind, name },
    channel: profile.channel,
    values: pick((field) => profile[field]),
    preChat: profile.preChat,
  };
}

function pick(read: (field: FieldName) => string | undefined): Layer['values'] {
  const found = ALL_FIELDS.flatMap((field) => {
    const text = read(field);
    return text === undefined ? [] : [[field, { text }] as const];
  });
  return Object.fromEntries(found);
}
