/** How sure a derivation is: documented or seen often, seen in pairs, or deduced and to be asked of the service. */
export type Confidence = 'documented' | 'paired' | 'deduced';

/** A kind of host that carries the org's My Domain name, from which the messaging host follows by the suffix. */
export interface HostFamily {
  readonly suffix: string;
  readonly confidence: Confidence;
  readonly code: string;
  readonly what: string;
  /** Visualforce hosts end the first label in a package name. */
  readonly hasPackage?: true;
}

/** Tried from the top; a longer suffix stands before a shorter one that it ends in. */
export const HOST_FAMILIES: readonly HostFamily[] = [
  {
    suffix: '.my.salesforce.com',
    confidence: 'documented',
    code: 'BASE_URL_REWRITTEN',
    what: 'the org’s login address (My Domain)',
  },
  {
    suffix: '.lightning.force.com',
    confidence: 'documented',
    code: 'LIGHTNING_HOST_REWRITTEN',
    what: 'the address bar of Lightning Experience',
  },
  {
    suffix: '.my.salesforce-setup.com',
    confidence: 'documented',
    code: 'SETUP_HOST_REWRITTEN',
    what: 'the address bar of Setup',
  },
  {
    suffix: '.my.site.com',
    confidence: 'paired',
    code: 'SITE_HOST_REWRITTEN',
    what: 'the site of a web deployment or an Experience Cloud site',
  },
  {
    suffix: '.my.salesforce-sites.com',
    confidence: 'paired',
    code: 'SALESFORCE_SITES_HOST_REWRITTEN',
    what: 'a Salesforce Sites address',
  },
  {
    suffix: '.vf.force.com',
    confidence: 'deduced',
    code: 'VISUALFORCE_HOST_CANDIDATE',
    what: 'a Visualforce page',
    hasPackage: true,
  },
  {
    suffix: '.visual.force.com',
    confidence: 'deduced',
    code: 'VISUALFORCE_HOST_CANDIDATE',
    what: 'a Visualforce page of a retired form',
    hasPackage: true,
  },
  {
    suffix: '.visualforce.com',
    confidence: 'deduced',
    code: 'VISUALFORCE_HOST_CANDIDATE',
    what: 'a Visualforce page of a retired form',
    hasPackage: true,
  },
];

/** Words between the My Domain name and `.my`, seen in front of messaging hosts. */
export const PROVEN_PARTITIONS: readonly string[] = ['sandbox', 'develop', 'scratch', 'trailblaze', 'demo'];
/** Words that Salesforce uses or reserves, with no messaging host seen in public. */
export const UNPROVEN_PARTITIONS: readonly string[] = ['patch', 'free', 'sfdctest'];
/** Instance names such as `cs45`, `na123`, `um1`, which older addresses carry. */
export const INSTANCE = /^(?:[a-z]{2}|usa|can|deu|fra|gbr|ind|jpn|aus|bra|ita|swe|sgp|kor|che)\d{1,4}s?(?:-api)?$/;
