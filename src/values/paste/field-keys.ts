import type { FieldName } from '../../core/config.ts';

/** Names under which the values travel in code, files, requests and on screens; compared in small letters without separators. */
const KEYS: Readonly<Record<FieldName, readonly string[]>> = {
  liveAgentUrl: [
    'liveagenturl',
    'baseliveagenturl',
    'liveagentendpoint',
    'liveagentapiendpoint',
    'liveagentapi',
    'chatapiendpoint',
    'chatendpoint',
    'endpointdomain',
    'liveagenthost',
  ],
  orgId: ['orgid', 'organizationid', 'organisationid', 'salesforceorgid', 'salesforcecomorganizationid'],
  deploymentId: ['deploymentid', 'chatdeploymentid', 'livechatdeploymentid'],
  buttonId: ['buttonid', 'chatbuttonid', 'livechatbuttonid', 'buttonids', 'availabilityids', 'settingsbuttonids'],
  baseUrl: [
    'baseurl',
    'organizationbaseurl',
    'organisationbaseurl',
    'orgbaseurl',
    'scrturl',
    'scrt2url',
    'messagingurl',
    'instanceurl',
    'mydomainurl',
    'currentmydomainurl',
    'salesforceurl',
  ],
  developerName: [
    'developername',
    'deploymentdevelopername',
    'esdevelopername',
    'esconfigname',
    'deploymentname',
    'deploymentapiname',
    'embeddedservicename',
  ],
};

/** Endings that tell the field whatever a project puts in front, as in NEXT_PUBLIC_SALESFORCE_ORG_ID. */
const ENDINGS: readonly (readonly [string, FieldName])[] = [
  ['orgid', 'orgId'],
  ['organizationid', 'orgId'],
  ['deploymentid', 'deploymentId'],
  ['buttonid', 'buttonId'],
  ['developername', 'developerName'],
  ['liveagenturl', 'liveAgentUrl'],
  ['scrt2url', 'baseUrl'],
  ['scrturl', 'baseUrl'],
];

/** Names of the web client's settings: a Developer Name beside or under them is that of a Web deployment. */
const WEB_KEYS: readonly string[] = ['embeddedservicename', 'deploymentname'];

const FIELDS_BY_KEY: ReadonlyMap<string, FieldName> = new Map(
  (Object.keys(KEYS) as FieldName[]).flatMap((field) => KEYS[field].map((key) => [key, field] as const)),
);

const LONGEST_KEY = 64;

export function plainKey(key: string): string {
  return key
    .slice(0, LONGEST_KEY)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^sfhandoff/, '');
}

/** The field that a key, label or variable names, if any. */
export function fieldOfKey(key: string): FieldName | undefined {
  const plain = plainKey(key);
  return (
    FIELDS_BY_KEY.get(plain) ??
    (/[_\s.-]/.test(key) ? ENDINGS.find(([ending]) => plain.endsWith(ending))?.[1] : undefined)
  );
}

export function isWebKey(key: string): boolean {
  return WEB_KEYS.includes(plainKey(key));
}

/** Whether the key says no more than that an address follows. */
export function isUrlKey(key: string): boolean {
  return plainKey(key) === 'url';
}

export function isChannelKey(key: string): boolean {
  return plainKey(key) === 'channel';
}
