import type { Secrets } from '../core/redact.ts';

/** Makes what was sent and received fit to be kept. */
export interface RecordingMask {
  headers(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Without secrets, texts untouched: for addresses and messages of errors. */
  plain(text: string): string;
  /** A body as a JSON value, or as text where it is no JSON. */
  body(text: string): unknown;
  /** The body of a refusal: the service's own words are kept, for they say why. */
  refusal(text: string): unknown;
}

const MASK = '[redacted]';
const DEEPEST = 60;
const SECRET_HEADER = /^(?:authorization|proxy-authorization|cookie|set-cookie)$|token|secret|session-key|affinity/;
const SECRET_NAME = /^(?:key|jwt|password|secret|sid)$|token$/i;
const SECRET_PARAMETER = /([?&;](?:\w*token|key|jwt|sid|sig|signature|password|secret)=)[^&#\s"]+/gi;

/** Members that make a message what it is and say nothing that a person wrote. */
const STRUCTURAL = new Set(
  (
    'type id ids name noun prefix reason label language role subject operation identifier order ' +
    'displayName senderDisplayName failureReason cancelReason errorMessages relatedRecords event isAvailable ' +
    'userAgent platform appName clientVersion capabilitiesVersion choiceListValueName messageReason endedBy ' +
    'newUrl uploadServletUrl cdmServletUrl displayContext selectionDisplay displayType visibilityStrategy channelType ' +
    'authMode timezone code errorCode error path affinityToken screenResolution textInputType'
  ).split(' '),
);
const STRUCTURAL_END =
  /(?:Id|Ids|Identifier|Type|Status|StatusPrev|Role|Timestamp|Time|Version|Code|Key|DeveloperName)$/;
/** Whatever stands in these was entered by a visitor or tells about one, whatever its members are called. */
const SEALED =
  /^(?:routingAttributes|prechatEntities|contextParamMap|geoLocation|inputValues|value|values|customerAttributes)$|Value$/;

interface Place {
  readonly key: string;
  readonly sealed: boolean;
  readonly ofVisitor: boolean;
  readonly depth: number;
}

const TOP: Place = { key: '', sealed: false, ofVisitor: false, depth: 0 };

/** Secrets are masked in any case, and those found by their name are made known for what follows; texts unless kept. */
export function createRecordingMask(secrets: Secrets, keepTexts: boolean): RecordingMask {
  const plain = (text: string) => secrets.redact(text).replace(SECRET_PARAMETER, `$1${MASK}`);
  const maskText = (text: string) => (keepTexts ? plain(text) : hide(text));
  const maskers = { secrets, plain, maskText, keepTexts };
  const read = (text: string, words: (text: string) => string) => {
    const value = parse(text);
    return value === undefined ? words(text) : mask(maskers, value, TOP);
  };
  return {
    plain,
    headers: (headers) =>
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, maskHeader(name, value, plain)])),
    body: (text) => read(text, maskText),
    refusal(text) {
      const value = parse(text);
      if (value === undefined) return plain(text);
      const masked = mask(maskers, value, TOP);
      const said = typeof value === 'object' && value !== null && 'message' in value ? value.message : undefined;
      return typeof said === 'string' ? { ...(masked as object), message: plain(said) } : masked;
    },
  };
}

/** The literal `null` stands for an affinity that is still to be given. */
function maskHeader(name: string, value: string, plain: (text: string) => string): string {
  return SECRET_HEADER.test(name.toLowerCase()) && value !== 'null' ? MASK : plain(value);
}

interface Maskers {
  readonly secrets: Secrets;
  readonly keepTexts: boolean;
  plain(text: string): string;
  maskText(text: string): string;
}

function mask(maskers: Maskers, value: unknown, place: Place): unknown {
  if (typeof value === 'string') return maskString(maskers, value, place);
  if (typeof value === 'number') return place.sealed && !maskers.keepTexts ? 0 : value;
  if (typeof value !== 'object' || value === null) return value;
  if (place.depth >= DEEPEST) return '…';
  const inside = { ...place, depth: place.depth + 1 };
  if (Array.isArray(value)) return value.map((entry) => mask(maskers, entry, inside));
  const ofVisitor = place.ofVisitor || isVisitor(value);
  const entries = Object.entries(value).map(([key, member]) => [
    // Names of pre-chat fields are configuration and stay.
    maskers.plain(key),
    mask(maskers, member, { ...inside, key, ofVisitor, sealed: place.sealed || SEALED.test(key) }),
  ]);
  return Object.fromEntries(entries);
}

function maskString(maskers: Maskers, text: string, place: Place): string {
  if (SECRET_NAME.test(place.key) && text !== '') {
    maskers.secrets.add(text);
    return MASK;
  }
  const inner = place.key === 'entryPayload' ? parse(text) : undefined;
  if (inner !== undefined) return JSON.stringify(mask(maskers, inner, { ...place, key: '' }));
  const isStructural = STRUCTURAL.has(place.key) || STRUCTURAL_END.test(place.key);
  const isName = place.ofVisitor && /name$/i.test(place.key) && !/developerName$/i.test(place.key);
  return isStructural && !place.sealed && !isName ? maskers.plain(text) : maskers.maskText(text);
}

/** An object that tells of the visitor, or of a file: the name in it is theirs. */
function isVisitor(value: object): boolean {
  const { role, type, sender, participant, mimeType } = value as Record<string, unknown>;
  const roles = [role, roleOf(sender), roleOf(participant)];
  return roles.includes('EndUser') || type === 'Chasitor' || typeof mimeType === 'string';
}

function roleOf(person: unknown): unknown {
  return typeof person === 'object' && person !== null && 'role' in person ? person.role : undefined;
}

/** Says how long the text was, which matters to layouts, and nothing else. */
function hide(text: string): string {
  return text === '' ? '' : `[${[...text].length} characters]`;
}

/** A list or an object; undefined for everything else. */
function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
