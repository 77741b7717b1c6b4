import { asHandoffError, type ErrorCode, HandoffError } from '../core/errors.ts';
import { chooseNumbers, sendFile } from './answering.ts';
import type { Drive } from './drive.ts';
import { createFormTalk, type FormTalk } from './form-talk.ts';
import { NOBODY } from './person.ts';
import { readTyped, type SlashName } from './slash.ts';
import { helpLines, statusLines } from './status-lines.ts';
import { createTypingNotices, type TypingNotices } from './typing-notices.ts';
import { verdictOnLeaving } from './verdict.ts';

/** Does what is typed until `/end`, Ctrl-D or the end of the chat. A line that cannot be sent is an event, not the end. */
export async function relay(drive: Drive, typed: AsyncIterable<string>): Promise<void> {
  const talk = beginTalk(drive);
  for await (const line of typed) {
    if (drive.done.aborted) break;
    try {
      if ((await hear(talk, line)) === 'leave') break;
    } catch (thrown) {
      if (drive.done.aborted) break;
      await complain(talk, asHandoffError(thrown));
    }
  }
  talk.notices.settle();
  drive.judge(verdictOnLeaving);
}

interface Talk {
  readonly drive: Drive;
  readonly person: typeof NOBODY;
  readonly form: FormTalk;
  readonly notices: TypingNotices;
}

function beginTalk(drive: Drive): Talk {
  const person = drive.plan.person ?? NOBODY;
  const notices = createTypingNotices({
    clock: drive.clock,
    signal: drive.done,
    isWatched: () => !drive.done.aborted && drive.record.isThere('anyone'),
    notify: (active) => drive.session.typing(active),
  });
  person.onStroke(notices.stroke);
  return { drive, person, form: createFormTalk(drive, person), notices };
}

async function hear(talk: Talk, line: string): Promise<'leave' | undefined> {
  const { drive, form, notices, person } = talk;
  const typed = readTyped(line);
  if (typed.kind === 'command') return COMMANDS[typed.name](talk, typed.argument.trim());
  if (typed.kind === 'unknown') {
    const near = typed.near ? `did you mean ${typed.near}?` : '/help lists what there is';
    await person.tell([[{ text: `  ${typed.word} is no command; ${near}`, tone: 'warn' }]]);
  } else if (form.open) {
    await form.answer(typed.text);
  } else if (typed.text !== '') {
    notices.settle();
    await drive.deliver(typed.text, () => drive.session.send(typed.text));
  }
  return undefined;
}

type Command = (talk: Talk, argument: string) => Promise<'leave' | undefined>;

const COMMANDS: Readonly<Record<SlashName, Command>> = {
  end: async () => 'leave',
  help: ({ person }) => person.tell(helpLines()).then(nothing),
  status: ({ drive, person, notices }) => person.tell(statusLines(drive, notices.on)).then(nothing),
  choose: ({ drive }, argument) => chooseNumbers(drive, numbersIn(argument)).then(nothing),
  async form({ drive, form }) {
    if (!drive.record.form) throw unfit('No form has come yet', 'wait for one; it lists its questions');
    await form.begin(drive.record.form);
    return undefined;
  },
  async cancel({ form, person }) {
    form.cancel();
    await person.tell([[{ text: '  no form is being answered', tone: 'dim' }]]);
    return undefined;
  },
  async file({ drive }, argument) {
    if (argument === '') throw unfit('Which file?', '/file photo.png');
    const read = drive.plan.person?.readFile;
    if (read) await sendFile(drive, await read(argument));
    return undefined;
  },
  async typing({ notices, person }, argument) {
    if (!['on', 'off', ''].includes(argument)) throw unfit(`“${argument}” is neither on nor off`, '/typing off');
    if (argument !== '') notices.switch(argument === 'on');
    const text = `  typing notices are ${notices.on ? 'on' : 'off'}`;
    await person.tell([[{ text, tone: 'dim' }]]);
    return undefined;
  },
  async transcript({ drive, person }, argument) {
    if (argument === '') throw unfit('Which file?', '/transcript chat.txt');
    await drive.plan.person?.writeTranscript(argument);
    await person.tell([[{ text: `  written to ${argument}`, tone: 'dim' }]]);
    return undefined;
  },
};

function nothing(): undefined {
  return undefined;
}

function numbersIn(argument: string): readonly number[] {
  const parts = argument.split(/[\s,]+/).filter((part) => part !== '');
  if (parts.length > 0 && parts.every((part) => /^\d{1,4}$/.test(part))) return parts.map(Number);
  throw unfit('Which choice?', 'give its number: /choose 2');
}

/** Slips of the person are answered on the spot and stand in no transcript. */
const SLIPS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['INVALID_ARGUMENT', 'FILE_UNREADABLE', 'FILE_UNWRITABLE']);

async function complain({ drive, person }: Talk, error: HandoffError): Promise<void> {
  if (!SLIPS.has(error.code)) return drive.say({ type: 'error', error: error.toShape() });
  await person.tell([[{ text: `  ${error.message}; ${error.hint}`, tone: 'warn' }]]);
}

function unfit(message: string, hint: string): HandoffError {
  return new HandoffError('INVALID_ARGUMENT', { message, hint });
}
