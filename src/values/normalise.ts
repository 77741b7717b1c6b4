import type { FieldName } from '../core/config.ts';
import type { Channel } from '../core/events.ts';
import { normaliseBaseUrl, normaliseLiveAgentUrl } from './hosts.ts';
import { normaliseId } from './ids.ts';
import { normaliseDeveloperName } from './names.ts';
import type { FieldVerdict } from './verdict.ts';

export interface NormaliseOptions {
  readonly channel?: Channel | undefined;
  readonly baseUrlDomain?: string | undefined;
}

/** Judges the text of any field by the rules of that field. */
export function normaliseValue(field: FieldName, given: string, options: NormaliseOptions = {}): FieldVerdict {
  switch (field) {
    case 'liveAgentUrl':
      return normaliseLiveAgentUrl(given);
    case 'baseUrl':
      return normaliseBaseUrl(given, options.baseUrlDomain);
    case 'developerName':
      return normaliseDeveloperName(given);
    case 'orgId':
    case 'deploymentId':
    case 'buttonId':
      return normaliseId(field, given, options.channel);
  }
}
