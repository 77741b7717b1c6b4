/** One field of the published pre-chat form, visible or hidden. */
export interface PreChatFormField {
  readonly name: string;
  readonly required: boolean;
  readonly hidden: boolean;
  readonly maxLength?: number | undefined;
  readonly choices?: readonly string[] | undefined;
  /** `Text`, `Email`, `Phone`, `Number` and so on, where the form says. */
  readonly type?: string | undefined;
}

export interface PreChatForm {
  readonly fields: readonly PreChatFormField[];
}
