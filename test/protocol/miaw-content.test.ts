import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/transport/miaw-content.ts';
import { fixtureJson } from '../support/miaw-frames.ts';

const title = (words: string, subTitle: string | null = null) => ({ itemType: 'TitleItem', title: words, subTitle });
const option = (optionIdentifier: string, words: string) => ({
  titleItem: title(words),
  optionIdentifier,
  optionId: null,
});
const content = (staticContent: unknown) => readContent({ staticContent });

describe('static content over MIAW', () => {
  it('keeps the text as it was written', () => {
    expect(content({ formatType: 'Text', text: ' two  lines\nhere ' })).toEqual({
      format: 'text',
      text: ' two  lines\nhere ',
    });
  });

  it('names files that come without a caption, and an upload that failed', () => {
    const failed = { resultType: 'ErrorAttachmentUploadResult', errorType: 'AttachmentTooLarge' };
    const attachments = [{ name: 'a.pdf' }, { name: 'b.zip', attachmentUploadResult: failed }];
    expect(content({ formatType: 'ExternalAttachments', text: null, attachments })).toEqual({
      format: 'attachments',
      text: 'a.pdf, b.zip (upload failed: AttachmentTooLarge)',
      attachments: [{ name: 'a.pdf' }, { name: 'b.zip' }],
    });
  });

  it('reads media as description and addresses', () => {
    const mediaAsset = { description: 'Red mug', assetUrl: 'https://a.example/mug.png' };
    const linkItems = [{ titleItem: title('Buy'), url: 'https://a.example/buy' }];
    expect(content({ formatType: 'Media', mediaAsset, linkItems })).toEqual({
      format: 'media',
      text: 'Red mug: https://a.example/mug.png\nBuy: https://a.example/buy',
    });
  });

  it.each([
    ['a list', [{ titleItem: title('Help'), url: 'https://a.example' }]],
    ['one item', { titleItem: title('Help'), url: 'https://a.example' }],
  ])('reads links given as %s', (_, links) => {
    expect(content({ formatType: 'Links', links })).toEqual({ format: 'links', text: 'Help: https://a.example' });
  });

  it('reads the survey of the fixture as title and address', () => {
    expect(content(fixtureJson('payload-web-view-content'))).toEqual({
      format: 'web-view',
      text: 'How did we do?: https://survey.example.com/s/123',
    });
  });

  it.each([
    [{ formatType: 'Application', title: title('Pay'), url: 'https://a.example' }, 'Pay: https://a.example'],
    [{ formatType: 'ExperienceType', message: 'Your order', values: [{ value: { any: 1 } }] }, 'Your order'],
    [{ formatType: 'ExperienceType', values: [{ value: 'blue' }] }, '- blue'],
    [{ formatType: 'Hologram', shape: 'cube' }, '[Hologram]'],
    [{}, '[unknown content]'],
  ])('reads %j as far as it can', (given, text) => {
    expect(content(given)).toEqual({ format: 'other', text });
  });

  it.each([{}, { staticContent: 'text' }, { staticContent: null, choices: [] }])('finds nothing in %j', (message) => {
    expect(readContent(message)).toBeNull();
  });
});

describe('choices over MIAW', () => {
  it('reads the quick replies of the fixture', () => {
    expect(readContent({ choices: fixtureJson('payload-quick-replies-choices') })).toEqual({
      format: 'choices',
      text: 'Anything else?\n1. Yes\n2. No',
      options: [
        { id: 'e3f1a2b4-1c2d-4e3f-8a4b-5c6d7e8f9a01', title: 'Yes' },
        { id: 'e3f1a2b4-1c2d-4e3f-8a4b-5c6d7e8f9a02', title: 'No' },
      ],
    });
  });

  it('reads the carousel of the fixture card by card', () => {
    expect(readContent({ choices: fixtureJson('payload-carousel-choices') })).toEqual({
      format: 'choices',
      text: '1. Red mug (12 €): Choose\n2. Blue mug (14 €): Choose',
      options: [
        { id: 'e3f1a2b4-1c2d-4e3f-8a4b-5c6d7e8f9a01', title: 'Red mug (12 €): Choose' },
        { id: 'e3f1a2b4-1c2d-4e3f-8a4b-5c6d7e8f9a02', title: 'Blue mug (14 €): Choose' },
      ],
    });
  });

  it('names a card once whose only button is called as it is', () => {
    const title = (text: string) => ({ title: text });
    const card = { titleItem: title('Mug'), interactionItems: [{ optionIdentifier: '1', titleItem: title('Mug') }] };
    expect(readContent({ choices: { formatType: 'Carousel', items: [card] } })).toMatchObject({ text: '1. Mug' });
  });

  it('reads a list picker under its title', () => {
    const choices = { formatType: 'ListPicker', title: title('Pick'), optionItems: [option('1', 'One')] };
    expect(readContent({ choices })).toMatchObject({ text: 'Pick\n1. One', options: [{ id: '1', title: 'One' }] });
  });

  it('reads a time picker by its slots', () => {
    const slots = [{ startTime: '2026-01-09T10:00Z', duration: 1800, optionIdentifier: 's1' }];
    const choices = { formatType: 'TimePicker', title: title('When?'), calendarEvent: { timeSlots: slots } };
    expect(readContent({ choices })).toMatchObject({ options: [{ id: 's1', title: '2026-01-09T10:00Z (30 min)' }] });
  });

  it('leaves out an option that nothing can be sent back for', () => {
    const optionItems = [{ titleItem: title('Nameless') }, option('1', 'One'), 7];
    expect(readContent({ choices: { text: 'Pick', optionItems } })).toMatchObject({ options: [{ id: '1' }] });
  });

  it('reads what was picked by its title, or by its id', () => {
    const selectedOptions = [{ optionIdentifier: 'a', optionTitle: title('Delivery') }, { optionIdentifier: 'b' }];
    expect(readContent({ choicesResponse: { formatType: 'Selections', selectedOptions } })).toEqual({
      format: 'choices-response',
      text: 'Delivery, b',
    });
  });
});

describe('forms over MIAW', () => {
  const section = (input: unknown) => ({ sectionType: 'SingleInputSection', input });

  it('carries the options of a select input and passes over decoration', () => {
    const sections = [
      section({ inputType: 'StaticTitle', id: 'head', label: title('Welcome') }),
      section({ inputType: 'SelectInput', id: 'size', label: title('Size'), optionItems: [option('l', 'Large')] }),
    ];
    expect(readContent({ form: { formTitle: title('Mug'), sections } })).toEqual({
      format: 'form',
      text: 'Mug\n- Size',
      inputs: [
        { id: 'size', label: 'Size', kind: 'SelectInput', required: false, options: [{ id: 'l', title: 'Large' }] },
      ],
    });
  });

  it('reads a filled form line by line', () => {
    const inputValues = [
      { inputId: 'name', inputlabel: 'Name', value: { valueType: 'TextValue', textValue: 'Dana' } },
      { inputId: 'count', value: { valueType: 'IntegerValue', integerValue: 3 } },
      { inputId: 'size', selectedOptions: [{ optionIdentifier: 'l', optionTitle: title('Large') }] },
      { inputId: 'day', displayValue: '9 January', value: { valueType: 'DateValue', dateValue: '2026-01-09' } },
    ];
    expect(readContent({ formResponse: { formatType: 'Inputs', inputValues } })).toEqual({
      format: 'form-response',
      text: 'Name: Dana\ncount: 3\nsize: Large\nday: 9 January',
    });
  });

  it('reads the answer that the fixture sends', () => {
    const { message } = fixtureJson('form-response-request') as { message: Record<string, unknown> };
    expect(readContent(message)).toMatchObject({ text: 'order_number: 12345678\ndelivery_date: 2026-01-09' });
  });

  it('says that a form was refused without the message that is not for visitors', () => {
    const result = {
      formResultType: 'FormErrorResult',
      errors: [{ errorType: 'FormRequestExpired', errorMessage: 'NPE' }],
    };
    expect(readContent({ formResponse: { formatType: 'Result', result } })).toEqual({
      format: 'form-result',
      text: 'The form was not accepted: FormRequestExpired',
    });
  });

  it.each([
    [{ records: [{ recordReferenceId: 'r', resultMessage: 'Case opened', isCreated: true }] }, 'Case opened'],
    [{}, 'The form was accepted'],
  ])('says that a form was accepted: %j', (result, text) => {
    expect(readContent({ formResponse: { formatType: 'Result', result } })).toEqual({ format: 'form-result', text });
  });
});
