import { FIELD_LABELS, type Finding } from '../core/config.ts';
import type { GuideStep } from '../core/guide-step.ts';
import { cleanValue, shown } from './clean-text.ts';
import { whereToFind } from './field-steps.ts';
import { isLoopbackHost } from './host-kinds.ts';
import { type PastedUrl, parsePastedUrl } from './pasted-url.ts';
import { missing, refusedSecret } from './refusals.ts';
import { type FieldVerdict, findingsAt, verdict } from './verdict.ts';

export type AddressField = 'baseUrl' | 'liveAgentUrl';

/** An address that may be looked at further: of this computer, or https on the usual port of a named host. */
export interface AcceptedAddress {
  readonly url: PastedUrl;
  readonly isLoopback: boolean;
  readonly findings: readonly Finding[];
}

const ADDRESS = /^\[|^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Turns away what cannot be a service address whatever its host: no address, other schemes and ports, logins, numbers for names. */
export function acceptAddress(field: AddressField, given: string, step: GuideStep): AcceptedAddress | FieldVerdict {
  const refused = refusedSecret(field, given, step);
  if (refused) return refused;
  const url = parsePastedUrl(given);
  if (url === 'empty') return missing(field, step);
  const { info, fail } = findingsAt(step);
  const label = FIELD_LABELS[field];
  const place = whereToFind(field);
  if (url === 'scheme')
    return verdict(null, [
      fail('SCHEME_NOT_HTTPS', `${label} is ${shown(given)}; it should start with https://`, place),
    ]);
  if (url === 'unreadable') return verdict(null, [fail('URL_UNREADABLE', `${shown(given)} is not an address`, place)]);
  const wrong = wrongParts(url, field, step);
  if (wrong) return verdict(null, [wrong]);
  if (!isLoopbackHost(url.host)) return { url, isLoopback: false, findings: schemeFindings(url, given, field, step) };
  const message = 'The address is on this computer: right for the simulator, useless at Kore.ai';
  return { url, isLoopback: true, findings: [info('LOOPBACK_HOST', message, `for a real org, ${place}`)] };
}

export function isAccepted(judged: AcceptedAddress | FieldVerdict): judged is AcceptedAddress {
  return 'url' in judged;
}

function wrongParts(url: PastedUrl, field: AddressField, step: GuideStep): Finding | undefined {
  const { fail } = findingsAt(step);
  const place = whereToFind(field);
  if (url.hasLogin) return fail('URL_HAS_LOGIN', `${FIELD_LABELS[field]} has a user name in front of the host`, place);
  if (isLoopbackHost(url.host)) return undefined;
  if (ADDRESS.test(url.host))
    return fail('HOST_IS_ADDRESS', `${shown(url.host)} is a numeric address; the service has a name`, place);
  if (url.port !== '')
    return fail('PORT_NOT_ALLOWED', `Port ${url.port} is given; the service is on the usual port of https`, place);
  if (/(?:^|\.)xn--/.test(url.host)) {
    return fail(
      'HOST_NOT_LATIN',
      `${shown(url.host)} holds letters that only look like Latin ones`,
      `type it anew, or ${place}`,
    );
  }
  return isLikeHost(url.host) ? undefined : fail('NOT_A_HOST', `${shown(url.host)} is not a host name`, place);
}

function isLikeHost(host: string): boolean {
  return host.length <= 253 && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host);
}

function schemeFindings(url: PastedUrl, given: string, field: AddressField, step: GuideStep): Finding[] {
  const { info, warn, fail } = findingsAt(step);
  const findings: Finding[] = [];
  if (url.scheme === 'http')
    findings.push(
      fail(
        'HTTP_NOT_HTTPS',
        `${FIELD_LABELS[field]} starts with http://; the service speaks https only`,
        'enter it with https://',
      ),
    );
  if (!url.schemeGiven)
    findings.push(info('SCHEME_ADDED', 'https:// was added in front', 'enter it with https:// in front'));
  if (isWordOfText(url, given)) {
    const message = `Only ${shown(url.host)} was taken out of ${shown(given)}; a host name has no blanks`;
    findings.push(warn('HOST_FROM_TEXT', message, `compare it with the original: ${whereToFind(field)}`));
  }
  if (url.dashMended) {
    findings.push(
      warn('DASH_RESTORED', 'A long dash stands where a sandbox address has two hyphens', 'type the two hyphens'),
    );
  }
  if (cleanValue(given) !== given)
    findings.push(
      info('VALUE_TRIMMED', 'Blanks, quotes or punctuation around the address were removed', 'enter it without them'),
    );
  return findings;
}

/** Whether words stand in front of a bare host, so that it may be the rest of one that a blank has cut. A label ends in a colon. */
function isWordOfText(url: PastedUrl, given: string): boolean {
  const text = cleanValue(given).toLowerCase();
  const before = text.slice(0, Math.max(0, text.indexOf(url.host)));
  const words = before.trimEnd();
  return !url.schemeGiven && words !== before && /[a-z0-9_-]$/.test(words);
}
