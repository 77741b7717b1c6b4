import type { FieldName } from '../../core/config.ts';
import { HOST_FAMILIES } from '../host-families.ts';
import { isBelow, isLoopbackHost, isSrctHost } from '../host-kinds.ts';
import { SERVICE_DOMAIN } from '../org-host.ts';
import { parsePastedUrl } from '../pasted-url.ts';

/** How well an address serves as a value: 0 is the very thing, higher numbers need more and more derivation. */
export interface AddressKind {
  readonly field: Extract<FieldName, 'baseUrl' | 'liveAgentUrl'>;
  readonly distance: number;
}

const LONGEST = 2000;

/** Which field an address of Salesforce or of this computer belongs into; undefined for any other. The path tells the channels apart. */
export function addressKind(text: string): AddressKind | undefined {
  if (text.length > LONGEST || !/[.:]/.test(text)) return undefined;
  const url = parsePastedUrl(text);
  if (typeof url === 'string') return undefined;
  const { host, path } = url;
  if (isBelow(host, 'salesforceliveagent.com'))
    return { field: 'liveAgentUrl', distance: host.startsWith('c.') ? 1 : 0 };
  const field = /^\/chat(?:\/|$)/i.test(path) ? 'liveAgentUrl' : 'baseUrl';
  if (isBelow(host, SERVICE_DOMAIN)) return { field, distance: 0 };
  if (isSrctHost(host)) return { field, distance: 1 };
  if (isLoopbackHost(host) && (url.schemeGiven || url.port !== '')) return { field, distance: 0 };
  const family = HOST_FAMILIES.findIndex(({ suffix }) => host.endsWith(suffix));
  return family < 0 ? undefined : { field: 'baseUrl', distance: 2 + family };
}

export function orgUrlField(text: string): AddressKind['field'] | undefined {
  return addressKind(text)?.field;
}
