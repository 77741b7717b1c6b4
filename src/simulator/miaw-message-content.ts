import type { FormInput, MessageEvent, MessageOption } from '../core/events.ts';

type Json = Readonly<Record<string, unknown>>;

/** The part of `abstractMessage` that depends on the format: its type and the one member that carries the content. */
export interface MessageContent {
  readonly messageType: string;
  readonly part: Json;
}

/** Formats without a wire form of their own travel as plain text. */
export function messageContent(message: MessageEvent): MessageContent {
  switch (message.format) {
    case 'choices':
      return { messageType: 'ChoicesMessage', part: { choices: choices(message) } };
    case 'form':
      return { messageType: 'FormMessage', part: { form: form(message) } };
    case 'form-result':
      return { messageType: 'FormResponseMessage', part: { formResponse: formResult() } };
    default:
      return { messageType: 'StaticContentMessage', part: { staticContent: staticContent(message) } };
  }
}

export function textContent(text: string): Json {
  return { formatType: 'Text', text };
}

function staticContent(message: MessageEvent): Json {
  const [first] = message.attachments ?? [];
  const url = first?.url ?? 'https://shop.example.com/';
  switch (message.format) {
    case 'rich-link':
      return richLink(message.text, url);
    case 'attachments':
      return attachments(message);
    case 'media':
      return { formatType: 'Media', mediaAsset: imageAsset('media', url), linkItems: [] };
    case 'links':
      return { formatType: 'Links', links: [linkItem(message.text, url)] };
    case 'web-view':
      return { formatType: 'WebView', displayType: 'AutoOverlay', title: titleItem(message.text), parameters: [], url };
    case 'other':
      return { formatType: 'ExperienceType', message: message.text, values: [] };
    default:
      return textContent(message.text);
  }
}

export function richLink(title: string, url: string): Json {
  const image = imageAsset('preview', 'https://shop.example.com/preview.png');
  return { formatType: 'RichLink', image, linkItem: linkItem(title, url), text: null, video: null };
}

function attachments(message: MessageEvent): Json {
  const items = (message.attachments ?? []).map((item, index) => ({
    name: item.name,
    attachmentUploadResult: { resultType: 'CompletedAttachmentUploadResult' },
    id: `attachment-${index + 1}`,
    mimeType: item.mimeType ?? 'application/octet-stream',
    url: item.url ?? '',
    referenceId: null,
  }));
  return { formatType: 'Attachments', text: message.text || null, attachments: items };
}

/** Options that come with pictures are a carousel, all others buttons. */
function choices(message: MessageEvent): Json {
  const items = message.options ?? [];
  const pictures = message.attachments ?? [];
  if (pictures.length === 0) {
    return { formatType: 'Buttons', text: message.text, optionItems: items.map(optionItem) };
  }
  return {
    formatType: 'Carousel',
    title: titleItem(message.text),
    items: items.map((item, index) => ({
      titleItem: { ...titleItem(item.title), itemType: 'TitleImageItem', imageId: imageId(index), imageSubTitle: null },
      interactionItems: [optionItem(item)],
    })),
    images: pictures.map((picture, index) => imageAsset(imageId(index), picture.url ?? '')),
  };
}

function form(message: MessageEvent): Json {
  const inputs = message.inputs ?? [];
  return {
    formatType: 'Inputs',
    formTitle: titleItem(message.text),
    introScreen: null,
    images: [],
    message: titleItem(message.text),
    reply: titleItem('Thank you'),
    sections: inputs.map((input, index) => ({
      sectionType: 'SingleInputSection',
      input: formInput(input),
      nextSectionInputId: inputs[index + 1]?.id ?? null,
      submitForm: index === inputs.length - 1,
    })),
  };
}

function formInput(input: FormInput): Json {
  const common = {
    inputType: input.kind,
    id: input.id,
    label: titleItem(input.label),
    hintText: null,
    required: input.required,
  };
  if (input.options) {
    const optionItems = input.options.map(optionItem);
    return { ...common, optionItems, multipleSelection: false, selectionDisplay: 'Dropdown' };
  }
  if (input.kind !== 'TextInput') return common;
  return {
    ...common,
    regEx: null,
    prefixText: null,
    maximumCharacterCount: input.maxLength ?? null,
    keyboardType: 'Default',
    textInputType: 'Singleline',
    textContentType: null,
    placeholder: null,
  };
}

function formResult(): Json {
  return { formatType: 'Result', result: { formResultType: 'FormRecordsResult', records: [] } };
}

function titleItem(title: string): Json {
  return {
    itemType: 'TitleItem',
    title,
    subTitle: null,
    secondarySubTitle: null,
    tertiarySubTitle: null,
    referenceId: null,
  };
}

function optionItem(option: MessageOption): Json {
  const titled = titleItem(option.title);
  return { itemType: 'TitleOptionItem', titleItem: titled, optionIdentifier: option.id, optionId: null };
}

function linkItem(title: string, url: string): Json {
  return { itemType: 'TitleLinkItem', titleItem: titleItem(title), url };
}

function imageAsset(id: string, assetUrl: string): Json {
  const none = { description: null, assetHandle: null, referenceId: null };
  return { assetType: 'ImageAsset', id, mimeType: 'image/png', assetUrl, ...none };
}

function imageId(index: number): string {
  return `img-${index + 1}`;
}
