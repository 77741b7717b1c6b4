import { describe, expect, it } from 'vitest';
import { choiceText, formAnswers, formText, pickedOptions } from '../../src/core/answers.ts';
import type { MessageEvent } from '../../src/core/events.ts';

const BOT = { role: 'bot' } as const;
const SIZES = [
  { id: 's', title: 'Small' },
  { id: 'l', title: 'Large' },
];
const CHOICES: MessageEvent = { type: 'message', id: 'm', from: BOT, text: '', format: 'choices', options: SIZES };
const FORM: MessageEvent = {
  type: 'message',
  id: 'f',
  from: BOT,
  text: '',
  format: 'form',
  inputs: [
    { id: 'name', label: 'Name', kind: 'TextInput', required: true, maxLength: 5 },
    { id: 'size', label: 'Size', kind: 'SelectInput', required: false, options: SIZES },
  ],
};

describe('the answer to choices', () => {
  it('is the option as the message has it', () => {
    expect(pickedOptions(CHOICES, [{ id: 'l', title: '' }])).toEqual([{ id: 'l', title: 'Large' }]);
  });

  it('says the titles', () => {
    expect(choiceText(SIZES)).toBe('Small, Large');
  });

  it('has to be there', () => {
    expect(() => pickedOptions(CHOICES, [])).toThrow('Small, Large');
  });
});

describe('the answers to a form', () => {
  it('come in the order of the form', () => {
    expect(formText(formAnswers(FORM, { size: 'LARGE', name: 'Ada' }))).toBe('Name: Ada\nSize: Large');
  });

  it('leave out what is optional and empty', () => {
    expect(formAnswers(FORM, { name: 'Ada', size: ' ' })).toHaveLength(1);
  });

  it('may be several of the choices', () => {
    expect(formAnswers(FORM, { name: 'Ada', size: ['s', 'l'] })[1]).toMatchObject({ picked: SIZES });
  });

  it('name the input that is unknown', () => {
    expect(() => formAnswers(FORM, { name: 'Ada', toString: 'x' })).toThrow('toString');
  });
});
