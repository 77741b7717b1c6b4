import type { MessageOption } from '../core/events.ts';
import type { MessageContent } from './miaw-content.ts';
import { type JsonObject, objectOf, objectsOf, textOf } from './miaw-json.ts';
import { numbered, textLines, titleOf } from './miaw-text.ts';

/** Buttons, quick replies, carousel, list and time picker: the question and, line by line, what may be picked. */
export function readChoices(choices: JsonObject): MessageContent {
  const options = [
    ...readOptions(choices.optionItems),
    ...objectsOf(choices.items).flatMap(readCard),
    ...readTimes(objectOf(choices.calendarEvent)),
  ];
  const question = textOf(choices.text) ?? titleOf(choices.title) ?? titleOf(choices.message);
  const text = textLines([question, ...numbered(options.map((option) => option.title))]);
  return { format: 'choices', text, options };
}

/** Option items of a choices message or of a form's select input. */
export function readOptions(items: unknown): readonly MessageOption[] {
  return objectsOf(items).flatMap((item) => readOption(item));
}

/** Nothing can be sent back for an option without an identifier, so such a one is left out. */
function readOption(item: JsonObject, prefix?: string | undefined): readonly MessageOption[] {
  const id = textOf(item.optionIdentifier) ?? textOf(item.optionId);
  if (!id) return [];
  const title = titleOf(item.titleItem) ?? titleOf(item.title) ?? id;
  return [{ id, title: prefix && prefix !== title ? `${prefix}: ${title}` : title }];
}

function readCard(card: JsonObject): readonly MessageOption[] {
  const name = titleOf(card.titleItem);
  return objectsOf(card.interactionItems).flatMap((item) => readOption(item, name));
}

/** The list of time slots goes by different names; it is the one whose members can be picked. */
function readTimes(calendar: JsonObject): readonly MessageOption[] {
  const slots = Object.values(calendar).flatMap((member) => objectsOf(member));
  return slots.flatMap((slot) => readOption({ ...slot, title: slotTitle(slot) }));
}

function slotTitle(slot: JsonObject): string {
  const minutes = typeof slot.duration === 'number' ? ` (${Math.round(slot.duration / 60)} min)` : '';
  return `${String(slot.startTime ?? '')}${minutes}`;
}

/** What somebody picked, by title where one was sent along. */
export function readSelections(response: JsonObject): MessageContent {
  const titles = objectsOf(response.selectedOptions).map(
    (option) => titleOf(option.optionTitle) ?? textOf(option.optionIdentifier) ?? '',
  );
  return { format: 'choices-response', text: titles.filter(Boolean).join(', ') };
}
