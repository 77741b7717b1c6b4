import { choiceText, formAnswers, formText, pickedOptions } from '../core/answers.ts';
import { HandoffError } from '../core/errors.ts';
import type { MessageEvent, MessageOption } from '../core/events.ts';
import type { FileToSend, FormValues } from '../core/session.ts';
import { type FormBody, formBody } from '../http/multipart.ts';
import { CONVERSATION_PATHS, type SendFileRequest, type SendMessageRequest } from '../protocol/miaw.ts';
import type { MiawChat } from './miaw-chat.ts';
import { inputValue, selectedOption } from './miaw-form-answer.ts';
import { numberOf, objectOf } from './miaw-json.ts';

/** The part of a request that says whether it may open a new messaging session. */
export type SessionPart = Pick<SendMessageRequest, 'isNewMessagingSession' | 'routingAttributes' | 'language'>;

/** Something a visitor sends under an id that the conversation shows it with. */
export interface Outgoing {
  readonly path: string;
  readonly text: string;
  /** JSON, or a form for what carries bytes. */
  body(id: string, session: SessionPart): { readonly body: unknown } | { readonly form: FormBody };
}

type Content = Omit<SendMessageRequest['message'], 'id'>;

const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = 5;
/** The unit of the published limit is not documented; a number this small can only count megabytes. */
const LARGEST_IN_MEGABYTES = 100;

export function textMessage(chat: MiawChat, text: string): Outgoing {
  return message(chat, text, { messageType: 'StaticContentMessage', staticContent: { formatType: 'Text', text } });
}

/** What was picked of a choices message. Vendor page: "Send Message Use Cases". */
export function choiceMessage(chat: MiawChat, asked: MessageEvent, options: readonly MessageOption[]): Outgoing {
  const picked = pickedOptions(asked, options);
  const selectedOptions = picked.map(selectedOption);
  return message(chat, choiceText(picked), {
    messageType: 'ChoicesResponseMessage',
    inReplyToMessageId: asked.id,
    choicesResponse: { formatType: 'Selections', selectedOptions },
  });
}

/** A filled form. Vendor page: "Send Message Use Cases". */
export function formMessage(chat: MiawChat, asked: MessageEvent, values: FormValues): Outgoing {
  const answers = formAnswers(asked, values);
  return message(chat, formText(answers), {
    messageType: 'FormResponseMessage',
    inReplyToMessageId: asked.id,
    formResponse: { formatType: 'Inputs', inputValues: answers.map(inputValue) },
  });
}

/** One file in two parts. FILE_REFUSED where the deployment takes none, or none so large. */
export function fileMessage(chat: MiawChat, file: FileToSend): Outgoing {
  refuseFile(chat, file);
  const { random } = chat.line.deps;
  const fileId = random.uuid().toLowerCase();
  return {
    path: CONVERSATION_PATHS.file,
    text: file.name,
    body(id, session) {
      const entry: SendFileRequest = {
        message: { id, fileId, text: '' },
        esDeveloperName: chat.line.config.developerName,
        ...session,
      };
      const form = formBody(random.uuid(), [
        { name: 'messageEntry', contentType: 'application/json', content: JSON.stringify(entry) },
        { name: 'fileData', contentType: file.mimeType, fileName: file.name, content: file.bytes },
      ]);
      return { form };
    },
  };
}

function message(chat: MiawChat, text: string, content: Content): Outgoing {
  return {
    path: CONVERSATION_PATHS.message,
    text,
    body(id, session) {
      const esDeveloperName = chat.line.config.developerName;
      const body: SendMessageRequest = { message: { id, ...content }, esDeveloperName, ...session };
      return { body };
    },
  };
}

function refuseFile({ published }: MiawChat, { name, bytes }: FileToSend): void {
  const { endUserToAgent, maxFileSize } = objectOf(published?.attachments);
  if (endUserToAgent === false) {
    throw new HandoffError('FILE_REFUSED', { message: 'The deployment takes no files from visitors' });
  }
  const most = mostBytes(numberOf(maxFileSize));
  if (bytes.length <= most) return;
  const size = (bytes.length / MEGABYTE).toFixed(1);
  const message = `“${name}” has ${size} MB; the deployment takes ${(most / MEGABYTE).toFixed(1)} MB at most`;
  throw new HandoffError('FILE_REFUSED', { message });
}

function mostBytes(published: number | undefined): number {
  if (published === undefined || published <= 0) return MOST_MEGABYTES * MEGABYTE;
  return published <= LARGEST_IN_MEGABYTES ? published * MEGABYTE : published;
}
