import type { FormInput, MessageAttachment, MessageEvent, MessageOption } from '../core/events.ts';
import { type Json, objectOf, objectsOf, textOf } from './replay-read.ts';

type Content = Omit<MessageEvent, 'type' | 'id' | 'from' | 'automated'>;

/** What a recorded message said, in neutral words; formats without such words become the text that they hold. */
export function messageContentOf(message: Json): Content {
  if (message.choices) return choices(objectOf(message.choices));
  if (message.form) return form(objectOf(message.form));
  if (message.formResponse) return { format: 'form-result', text: '' };
  return fixed(objectOf(message.staticContent));
}

function fixed(content: Json): Content {
  const text = textOf(content.text) ?? '';
  switch (content.formatType) {
    case 'RichLink':
      return link('rich-link', objectOf(content.linkItem), text);
    case 'Links':
      return link('links', objectsOf(content.links)[0] ?? objectOf(content.links), text);
    case 'WebView':
      return link('web-view', { titleItem: content.title, url: content.url }, text);
    case 'Media': {
      const url = textOf(objectOf(content.mediaAsset).assetUrl);
      return { format: 'media', text, ...(url === undefined ? {} : { attachments: [{ name: 'media', url }] }) };
    }
    case 'Attachments':
    case 'ExternalAttachments':
      return { format: 'attachments', text, attachments: objectsOf(content.attachments).map(attachment) };
    case 'ExperienceType':
      return { format: 'other', text: textOf(content.message) ?? '' };
    default:
      return { format: 'text', text: text || (titleOf(content.title) ?? textOf(content.message) ?? '') };
  }
}

function link(format: 'rich-link' | 'links' | 'web-view', item: Json, text: string): Content {
  const title = titleOf(item.titleItem) ?? text;
  const url = textOf(item.url);
  return { format, text: title, ...(url === undefined ? {} : { attachments: [{ name: title, url }] }) };
}

function attachment(file: Json): MessageAttachment {
  const mimeType = textOf(file.mimeType);
  const url = textOf(file.url);
  return {
    name: textOf(file.name) ?? 'file',
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(url === undefined ? {} : { url }),
  };
}

/** Cards with buttons keep their pictures, which makes the simulator send cards again. */
function choices(content: Json): Content {
  const cards = objectsOf(content.items);
  const options = [...objectsOf(content.optionItems), ...cards.flatMap((card) => objectsOf(card.interactionItems))];
  const attachments = cards.length > 0 ? objectsOf(content.images).map(picture) : [];
  return {
    format: 'choices',
    text: textOf(content.text) ?? titleOf(content.title) ?? titleOf(content.message) ?? '',
    options: options.flatMap(option),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

function option(item: Json): readonly MessageOption[] {
  const id = textOf(item.optionIdentifier) ?? textOf(item.optionId);
  return id === undefined ? [] : [{ id, title: titleOf(item.titleItem) ?? titleOf(item.title) ?? id }];
}

function picture(image: Json): MessageAttachment {
  const url = textOf(image.assetUrl);
  return { name: textOf(image.id) ?? 'picture', mimeType: 'image/png', ...(url === undefined ? {} : { url }) };
}

function form(content: Json): Content {
  const inputs = objectsOf(content.sections).flatMap((section) => input(objectOf(section.input)));
  return { format: 'form', text: titleOf(content.formTitle) ?? titleOf(content.message) ?? '', inputs };
}

function input(field: Json): readonly FormInput[] {
  const id = textOf(field.id);
  if (id === undefined) return [];
  const options = objectsOf(field.optionItems).flatMap(option);
  const maxLength = field.maximumCharacterCount;
  return [
    {
      id,
      label: titleOf(field.label) ?? id,
      kind: textOf(field.inputType) ?? 'TextInput',
      required: field.required === true,
      ...(typeof maxLength === 'number' ? { maxLength } : {}),
      ...(options.length > 0 ? { options } : {}),
    },
  ];
}

/** A title stands as text in some places and as an item of its own in others. */
function titleOf(value: unknown): string | undefined {
  return textOf(value) ?? textOf(objectOf(value).title);
}
