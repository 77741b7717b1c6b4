import type { FieldName, Validation } from '../core/config.ts';
import { FIELDS } from '../core/config.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const TRANSPOSED = /(^|\.)salesforce-srct\.com\.?$/i;

/** The value to go on with: the mended one where the given one needed mending. */
export function usableValue(validation: Validation, field: FieldName): string | null {
  return validation.values.find((value) => value.field === field)?.value ?? null;
}

/** Where the service is to be found, known even where other values are missing. */
export function serviceUrl(validation: Validation): string | null {
  const url = usableValue(validation, validation.channel === 'miaw' ? 'baseUrl' : 'liveAgentUrl');
  return url !== null && URL.canParse(url) ? url : null;
}

export function missingFields(validation: Validation): readonly FieldName[] {
  return FIELDS[validation.channel].filter((field) => usableValue(validation, field) === null);
}

/** The domain with two letters swapped, as the vendor's guide prints it: not Salesforce's, so nothing is sent there. */
export function isTransposed(url: string): boolean {
  return TRANSPOSED.test(new URL(url).hostname);
}

export function isPlainLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && LOOPBACK.test(hostname);
}
