import type { Context } from '../context.ts';
import type { Prompter } from '../ui/questions.ts';
import type { TargetOptions } from './options.ts';
import type { PreChatFlags } from './pre-chat.ts';

export type InitOptions = TargetOptions &
  PreChatFlags & {
    readonly name?: string;
    readonly project?: true;
    readonly force?: true;
    readonly yes?: true;
    readonly check?: boolean;
    readonly testChat?: boolean;
  };

/** Everything that the questions of one run share. */
export interface Talk {
  readonly options: InitOptions;
  readonly context: Context;
  readonly prompter: Prompter;
  /** Steps of the guide that were told already. */
  readonly told: Set<string>;
}
