import type { MiawConfig } from '../core/config.ts';
import { HandoffError } from '../core/errors.ts';

const TRANSPOSED = /(?:^|\.)salesforce-srct\.com$/i;

/** Nothing is ever sent to the domain that the vendor's guide misspells. Throws BASE_URL_DOMAIN_SLIP. */
export function refuseTransposedHost({ baseUrl }: MiawConfig): void {
  if (URL.canParse(baseUrl) && TRANSPOSED.test(new URL(baseUrl).hostname))
    throw new HandoffError('BASE_URL_DOMAIN_SLIP');
}
