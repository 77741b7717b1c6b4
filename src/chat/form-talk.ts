import type { FormInput, MessageEvent } from '../core/events.ts';
import { fillForm, readAnswer } from './answering.ts';
import type { Drive } from './drive.ts';
import type { PersonPowers } from './person.ts';

/** A form being answered line by line. */
export interface FormTalk {
  /** Whether lines are answers now. */
  readonly open: boolean;
  begin(form: MessageEvent): Promise<void>;
  /** One line as the answer of the question that was asked. Throws where it does not fit, and asks again. */
  answer(line: string): Promise<void>;
  cancel(): void;
}

export function createFormTalk(drive: Drive, person: Pick<PersonPowers, 'tell' | 'ask'>): FormTalk {
  let form: MessageEvent | undefined;
  let given: [string, string | readonly string[]][] = [];
  const question = () => form?.inputs?.[given.length];
  const askNext = async () => {
    const input = question();
    person.ask(input && promptOf(input));
    if (input?.options) await person.tell(input.options.map(({ title }, index) => [`  ${index + 1}. ${title}`]));
  };
  const cancel = () => {
    form = undefined;
    person.ask(undefined);
  };
  return {
    get open() {
      return form !== undefined;
    },
    cancel,
    async begin(wanted) {
      form = wanted;
      given = [];
      await person.tell([
        [
          {
            text: `  ${wanted.text.split('\n')[0] ?? ''}: an empty line skips a question, /cancel leaves`,
            tone: 'dim',
          },
        ],
      ]);
      await askNext();
    },
    async answer(line) {
      const input = question();
      if (!form || !input) return cancel();
      given.push([input.id, readAnswer(input, line)]);
      if (question()) return askNext();
      const [filled, answers] = [form, Object.fromEntries(given)];
      cancel();
      await fillForm(drive, answers, filled);
    },
  };
}

function promptOf(input: FormInput): string {
  const wanted = input.required ? 'required' : 'optional';
  return `${input.label} (${/^Date/.test(input.kind) ? `${wanted}, as 2026-01-09` : wanted})`;
}
