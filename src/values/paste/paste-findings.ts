import { type CrossFinding, FIELD_LABELS, type FieldName } from '../../core/config.ts';
import { shown } from '../clean-text.ts';
import { guideStepOf, whereToFind } from '../field-steps.ts';
import { findingsAt } from '../verdict.ts';
import { addressKind } from './address-kind.ts';
import type { NotLiteral } from './candidate.ts';
import type { Choice, Choices } from './choose.ts';
import type { ProfileReading } from './read-profiles.ts';

type LineAt = (offset: number) => number;
const MOST_NAMED = 5;

export function secretPasted(): CrossFinding {
  const message = 'The paste holds an access token or another secret; it is used nowhere and shown nowhere';
  return {
    ...findingsAt('prerequisite').warn('ACCESS_TOKEN_PASTED', message, 'revoke it if it was pasted anywhere else'),
    fields: [],
  };
}

export function inComment(): CrossFinding {
  const message = 'The values stand in a part of the paste that is commented out';
  return {
    ...findingsAt('prerequisite').warn('VALUES_IN_COMMENT', message, 'check that they are the ones in use'),
    fields: [],
  };
}

export function profileChosen({ name, others }: ProfileReading): CrossFinding[] {
  if (others.length === 0) return [];
  const message = `Of ${others.length + 1} profiles, ${shown(name ?? '')} is used; there are also ${others.slice(0, MOST_NAMED).join(', ')}`;
  return [{ ...findingsAt('prerequisite').info('PROFILE_CHOSEN', message, 'name another with --profile'), fields: [] }];
}

/** One finding for each field of which the paste holds several. Values of two orgs do not work together, so that is told on its own. */
export function severalValues(choices: Choices, lineAt: LineAt): CrossFinding[] {
  return [...choices].flatMap(([field, { best, others }]) => {
    if (others.length === 0) return [];
    const label = FIELD_LABELS[field];
    const places = others.slice(0, MOST_NAMED).map((other) => `${shown(other.text)} (line ${lineAt(other.offset)})`);
    const message = `The paste holds ${others.length + 1} values for ${label}; line ${lineAt(best.offset)} is used, others are ${places.join(', ')}`;
    const code = field === 'orgId' ? 'SEVERAL_ORGS' : 'SEVERAL_VALUES';
    return [
      {
        ...findingsAt(guideStepOf(field)).warn(code, message, 'paste only the snippet that is meant'),
        fields: [field],
      },
    ];
  });
}

/** What is computed when the pasted code runs, for the fields that were found nowhere else. */
export function notLiteral(found: readonly NotLiteral[], choices: Choices, lineAt: LineAt): CrossFinding[] {
  const open = new Map<FieldName, NotLiteral>();
  for (const one of found) if (!choices.has(one.field) && !open.has(one.field)) open.set(one.field, one);
  return [...open.values()].map(({ field, text, offset }): CrossFinding => {
    const message = `${FIELD_LABELS[field]} is ${shown(text)} in line ${lineAt(offset)}: computed when the code runs, not written out`;
    return { ...findingsAt(guideStepOf(field)).warn('NOT_LITERAL', message, whereToFind(field)), fields: [field] };
  });
}

/** Warnings that follow from the kind of snippet a value was taken from. */
export function fromSnippet(choices: Choices, sites: readonly { readonly text: string }[]): CrossFinding[] {
  const findings: CrossFinding[] = [];
  if (choices.get('developerName')?.best.isWeb) {
    const message = 'The Developer Name is that of a Web deployment, which the service most likely refuses to a bot';
    const hint = 'create a deployment of type Custom Client on the same channel and use its Developer Name';
    findings.push({
      ...findingsAt('miaw.1').warn('WEB_SNIPPET_DEVELOPER_NAME', message, hint),
      fields: ['developerName'],
    });
  }
  if (choices.get('buttonId')?.best.rank === 'invitation') {
    const message = 'The Button ID is that of an automated invitation, which cannot be used as a chat button';
    findings.push({
      ...findingsAt('live-chat.5').warn('INVITATION_BUTTON', message, whereToFind('buttonId')),
      fields: ['buttonId'],
    });
  }
  return [...findings, ...foreignSite(choices.get('baseUrl'), sites)];
}

/** Site and messaging host of one org begin alike, unless the site has the company's own domain. */
function foreignSite(baseUrl: Choice | undefined, sites: readonly { readonly text: string }[]): CrossFinding[] {
  const org = orgNameOf(baseUrl?.best.text ?? '');
  const others = sites.map(({ text }) => orgNameOf(text)).filter((name) => name !== undefined);
  const [other] = others;
  if (org === undefined || other === undefined || others.includes(org)) return [];
  const message = `The snippet’s site is of ${shown(other)}, its messaging host of ${shown(org)}: perhaps of two orgs`;
  return [{ ...findingsAt('miaw.2').warn('SITE_OF_OTHER_ORG', message, whereToFind('baseUrl')), fields: ['baseUrl'] }];
}

function orgNameOf(address: string): string | undefined {
  if (addressKind(address) === undefined) return undefined;
  return /^(?:https?:\/\/)?([a-z0-9-]+)\./i.exec(address)?.[1]?.toLowerCase();
}
