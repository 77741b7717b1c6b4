import type { FormInput, MessageAttachment, MessageFormat, MessageOption } from '../core/events.ts';
import { readChoices, readSelections } from './miaw-choices.ts';
import { readForm, readFormAnswer } from './miaw-form.ts';
import { isObject, type JsonObject, objectOf, objectsOf, textOf, textsOf } from './miaw-json.ts';
import { bulleted, linkText, textLines, titleOf } from './miaw-text.ts';

/** What a message says: its kind, a plain readable form, and the parts a program may use. */
export interface MessageContent {
  readonly format: MessageFormat;
  readonly text: string;
  readonly options?: readonly MessageOption[];
  readonly attachments?: readonly MessageAttachment[];
  readonly inputs?: readonly FormInput[];
}

/** Reads an `abstractMessage` of any type; null where it carries no content at all. */
export function readContent(message: JsonObject): MessageContent | null {
  if (isObject(message.staticContent)) return readStatic(message.staticContent);
  if (isObject(message.choices)) return readChoices(message.choices);
  if (isObject(message.choicesResponse)) return readSelections(message.choicesResponse);
  if (isObject(message.form)) return readForm(message.form);
  if (isObject(message.formResponse)) return readFormAnswer(message.formResponse);
  return null;
}

function readStatic(content: JsonObject): MessageContent {
  switch (content.formatType) {
    case 'Text':
      return { format: 'text', text: typeof content.text === 'string' ? content.text : '' };
    case 'RichLink':
      return { format: 'rich-link', text: textLines([textOf(content.text), linkText(content.linkItem)]) };
    case 'Attachments':
    case 'ExternalAttachments':
      return readAttachments(content);
    case 'Media':
      return { format: 'media', text: mediaText(content) };
    case 'Links':
      return { format: 'links', text: textLines(linksOf(content.links).map(linkText)) };
    case 'WebView':
      return { format: 'web-view', text: linkText({ title: titleOf(content.title), url: content.url }) ?? '' };
    default:
      return { format: 'other', text: otherText(content) };
  }
}

function linksOf(links: unknown): readonly unknown[] {
  return Array.isArray(links) ? links : [links];
}

function mediaText(content: JsonObject): string {
  const asset = objectOf(content.mediaAsset);
  const picture = linkText({ title: textOf(asset.description), url: asset.assetUrl });
  return textLines([textOf(content.text), picture, ...linksOf(content.linkItems).map(linkText)]);
}

function readAttachments(content: JsonObject): MessageContent {
  const files = objectsOf(content.attachments);
  const text = textOf(content.text) ?? files.map(fileText).join(', ');
  return { format: 'attachments', text, attachments: files.map(readAttachment) };
}

function readAttachment(file: JsonObject): MessageAttachment {
  const mimeType = textOf(file.mimeType);
  const url = textOf(file.url);
  return { name: textOf(file.name) ?? 'file', ...(mimeType ? { mimeType } : {}), ...(url ? { url } : {}) };
}

function fileText(file: JsonObject): string {
  const name = textOf(file.name) ?? 'file';
  const upload = objectOf(file.attachmentUploadResult);
  if (upload.resultType !== 'ErrorAttachmentUploadResult') return name;
  return `${name} (upload failed: ${textOf(upload.errorType) ?? 'no reason given'})`;
}

/** A format without a reader of its own: whatever words it holds, else its name. */
function otherText(content: JsonObject): string {
  const words = [
    textOf(content.text) ?? textOf(content.message) ?? titleOf(content.message),
    linkText({ title: titleOf(content.title) ?? titleOf(content.titleItem), url: content.url }),
    ...linksOf(content.linkItem).map(linkText),
    ...bulleted(textsOf(objectsOf(content.values).map((value) => value.value))),
  ];
  return textLines(words) || `[${textOf(content.formatType) ?? 'unknown content'}]`;
}
