import type { Channel } from './events.ts';
import type { GuideStep } from './guide-step.ts';

export type LiveChatField = 'liveAgentUrl' | 'orgId' | 'deploymentId' | 'buttonId';
export type MiawField = 'orgId' | 'baseUrl' | 'developerName';
export type FieldName = LiveChatField | MiawField;

/** The fields of each channel in the order of Kore.ai's form. */
export const FIELDS: { readonly 'live-chat': readonly LiveChatField[]; readonly miaw: readonly MiawField[] } = {
  'live-chat': ['liveAgentUrl', 'orgId', 'deploymentId', 'buttonId'],
  miaw: ['orgId', 'baseUrl', 'developerName'],
};

/** What a field is called in Kore.ai's form and on our screens. */
export const FIELD_LABELS: Readonly<Record<FieldName, string>> = {
  liveAgentUrl: 'Live Agent URL',
  orgId: 'Organization ID',
  deploymentId: 'Deployment ID',
  buttonId: 'Button ID',
  baseUrl: 'Organization Base URL',
  developerName: 'Developer Name',
};

export type PreChat = Readonly<Record<string, string>>;

/** Normalised values, ready to be sent: 15-character ids, `https://host/chat`, `https://host`. */
export interface LiveChatConfig {
  readonly channel: 'live-chat';
  readonly liveAgentUrl: string;
  readonly orgId: string;
  readonly deploymentId: string;
  readonly buttonId: string;
  readonly preChat?: PreChat;
}

export interface MiawConfig {
  readonly channel: 'miaw';
  readonly orgId: string;
  readonly baseUrl: string;
  readonly developerName: string;
  readonly preChat?: PreChat;
}

export type HandoffConfig = LiveChatConfig | MiawConfig;

/** Where a value was found. `name` is the flag, variable, file or profile; `line` counts from 1 in a paste. */
export interface ValueSource {
  readonly kind: 'none' | 'flag' | 'environment' | 'config' | 'project' | 'profile' | 'paste' | 'prompt' | 'simulator';
  readonly name?: string;
  readonly line?: number;
}

export interface GivenValue {
  readonly text: string;
  readonly source: ValueSource;
}

/** Everything the user gave, before anything is judged. */
export interface GivenValues {
  /** Only where it was said; otherwise it follows from the values. */
  readonly channel?: Channel;
  readonly values: Readonly<Partial<Record<FieldName, GivenValue>>>;
  readonly preChat?: Readonly<Record<string, unknown>>;
  /** What a paste held and nothing could use. */
  readonly unused?: readonly UnusedText[];
  /** Findings of the reader itself, for example a value that is a variable in the pasted code. */
  readonly findings?: readonly CrossFinding[];
}

export interface UnusedText {
  readonly line?: number;
  readonly text: string;
}

export type Severity = 'info' | 'warn' | 'fail';
export type ValueStatus = 'pass' | 'warn' | 'fail';

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  readonly step: GuideStep;
}

/** A finding about several values at once (swapped, of two orgs). */
export interface CrossFinding extends Finding {
  readonly fields: readonly FieldName[];
}

/** One field's verdict. `value` is null where nothing can be made of `given`; `given` is masked where it is a secret. */
export interface ValueResult {
  readonly field: FieldName;
  readonly source: ValueSource;
  readonly given: string;
  readonly value: string | null;
  readonly status: ValueStatus;
  readonly findings: readonly Finding[];
}

/** The answer of `validate`. `config` is complete only when every value is usable, mended ones included. */
export interface Validation {
  readonly channel: Channel;
  readonly ok: boolean;
  readonly values: readonly ValueResult[];
  readonly findings: readonly CrossFinding[];
  readonly unused: readonly UnusedText[];
  /** Labels of Kore.ai's form with what to type there. */
  readonly koreForm: Readonly<Record<string, string>>;
  readonly config: HandoffConfig | null;
}
