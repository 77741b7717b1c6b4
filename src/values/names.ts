import { cleanValue, shown } from './clean-text.ts';
import { guideStepOf, whereToFind } from './field-steps.ts';
import { decodeRepeatedly, idsIn } from './id-location.ts';
import { prefixOf } from './key-prefixes.ts';
import { missing, refusedSecret } from './refusals.ts';
import { type FieldVerdict, findingsAt, verdict } from './verdict.ts';

const STEP = guideStepOf('developerName');
const { info, warn, fail } = findingsAt(STEP);
const PLACE = whereToFind('developerName');
const LABEL = /^["']?(?:es|deployment)?[ _]?(?:developer|api)[ _]?name["']?\s*[:=]\s*/i;
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const LONGEST = 80;
const LONGEST_READ = 4000;

/** Judges a Developer Name: the API name of an Embedded Service Deployment, in which capitals matter. */
export function normaliseDeveloperName(given: string): FieldVerdict {
  const refused = refusedSecret('developerName', given, STEP);
  if (refused) return refused;
  const text = cleanValue(cleanValue(given.slice(0, LONGEST_READ)).replace(LABEL, ''));
  if (text === '') return missing('developerName', STEP);
  const other = somethingElse(text);
  if (other) return verdict(null, [other]);
  const name = text.replace(/\.EmbeddedServiceConfig(?:-meta\.xml)?$/i, '');
  if (!NAME.test(name)) return verdict(null, [notAName(name)]);
  const findings = doubts(name);
  if (name !== given)
    findings.push(info('VALUE_TRIMMED', `What stood around the name ${name} was removed`, `enter ${name}`));
  return verdict(name, findings);
}

/** What is often pasted in place of a name. */
function somethingElse(text: string) {
  const decoded = decodeRepeatedly(text);
  const id = idsIn(decoded).find((candidate) => !NAME.test(candidate));
  const owner = id === undefined ? undefined : prefixOf(id);
  if (owner)
    return fail(
      'ID_INSTEAD_OF_NAME',
      `Developer Name holds the ID of ${owner.what}; it is a text such as My_Deployment`,
      PLACE,
    );
  if (/^(?:[0-9a-z]{15}|[0-9a-z]{18})$/i.test(text) && /^\d/.test(text)) {
    return fail('ID_INSTEAD_OF_NAME', 'Developer Name holds a record ID; it is a text such as My_Deployment', PLACE);
  }
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
    return fail(
      'UUID_INSTEAD_OF_NAME',
      'Developer Name holds the identifier of a channel or conversation; it is a text such as My_Deployment',
      PLACE,
    );
  }
  if (/^[a-z]+:\/\//i.test(text) || /^[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|mil|cn)(?:[/:]|$)/i.test(text)) {
    return fail('URL_INSTEAD_OF_NAME', `Developer Name holds an address: ${shown(text)}`, PLACE);
  }
  if (/^EmbeddedServiceLiveAgent_Parent/i.test(text)) {
    return fail(
      'LIVE_CHAT_NAME',
      'Developer Name holds a name of legacy Embedded Chat, which messaging does not know',
      PLACE,
    );
  }
  return undefined;
}

function notAName(text: string) {
  if (/\s/.test(text)) {
    const likely = text
      .trim()
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^[^A-Za-z]+|_+$/g, '');
    const guess = NAME.test(likely) ? `; it may be ${likely}` : '';
    return fail(
      'LABEL_INSTEAD_OF_NAME',
      `${shown(text)} has blanks in it: a label, where the API name belongs`,
      `${PLACE}${guess}`,
    );
  }
  const rule = 'a Developer Name starts with a letter and has letters, digits and underscores only';
  return fail('NAME_CHARACTERS', `${shown(text)} cannot be a Developer Name: ${rule}`, PLACE);
}

function doubts(name: string) {
  const findings = [];
  if (/__/.test(name) || name.endsWith('_')) {
    const message = `${shown(name)} has two underscores in a row or one at its end, which Salesforce does not allow in such names`;
    findings.push(warn('NAME_UNDERSCORES', message, PLACE));
  }
  if (/^ESW_?\w*?\d{13}$/i.test(name)) {
    findings.push(
      warn(
        'SITE_NAME',
        `${shown(name)} is built like the name of a web deployment’s site, not like a deployment’s`,
        PLACE,
      ),
    );
  }
  if (name.length > LONGEST)
    findings.push(warn('NAME_LONG', `The name has ${name.length} characters; such names end at ${LONGEST}`, PLACE));
  return findings;
}
