import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkPreChat, compareWithForm, type PreChatFormField } from '../../src/values/pre-chat.ts';
import { codesOf } from './findings.ts';

function field(name: string, parts: Partial<PreChatFormField> = {}): PreChatFormField {
  return { name, required: false, hidden: false, ...parts };
}

describe('pre-chat values by themselves', () => {
  it.each([
    [{ City: 'Hyderabad', Country: 'India', Pincode: '50xxxx' }],
    [{ _firstName: 'Ada', _lastName: 'Lovelace', _email: 'ada@example.com', _subject: 'Hello' }],
    [{ 'Order Number': '' }],
    [{}],
  ])('pass without a word: %j', (preChat) => {
    expect(checkPreChat(preChat)).toEqual([]);
  });

  it.each([
    ['a number', { Pincode: 500001 }, 'fail PRE_CHAT_NOT_A_STRING'],
    ['a truth value', { Vip: true }, 'fail PRE_CHAT_NOT_A_STRING'],
    ['null', { City: null }, 'fail PRE_CHAT_NOT_A_STRING'],
    ['a list', { City: ['Hyderabad'] }, 'fail PRE_CHAT_NOT_A_STRING'],
    ['an object', { City: { name: 'Hyderabad' } }, 'fail PRE_CHAT_NOT_A_STRING'],
    ['an empty name', { '': 'x' }, 'fail PRE_CHAT_NAME_EMPTY'],
    ['a name of blanks', { '  ': 'x' }, 'fail PRE_CHAT_NAME_EMPTY'],
    ['a blank behind the name', { 'City ': 'x' }, 'warn PRE_CHAT_NAME_BLANKS'],
    ['256 characters', { City: 'x'.repeat(256) }, 'warn PRE_CHAT_LONG'],
    ['a standard name in small letters', { _firstname: 'Ada' }, 'warn PRE_CHAT_STANDARD_NAME'],
    ['a standard name as metadata spells it', { _LastName: 'Lovelace' }, 'warn PRE_CHAT_STANDARD_NAME'],
    ['a standard name with an underscore too many', { _first_name: 'Ada' }, 'warn PRE_CHAT_STANDARD_NAME'],
    ['a standard name in capitals', { _EMAIL: 'a@example.com' }, 'warn PRE_CHAT_STANDARD_NAME'],
    ['a standard name without its underscore', { Subject: 'Hello' }, 'info PRE_CHAT_LIKE_STANDARD'],
    ['two names that differ by capitals', { City: 'a', CITY: 'b' }, 'warn PRE_CHAT_NAME_TWICE'],
  ])('are told: %s', (_, preChat, code) => {
    expect(codesOf(checkPreChat(preChat))).toEqual([code]);
  });

  test('of 255 characters are let through', () => {
    expect(checkPreChat({ City: 'x'.repeat(255) })).toEqual([]);
  });

  test('point to the pre-chat step of the guide', () => {
    expect(checkPreChat({ City: 1 })[0]?.step).toBe('metadata.4');
  });

  test('may be anything at all', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (preChat) => Array.isArray(checkPreChat(preChat))),
    );
  });
});

describe('pre-chat values against the published form', () => {
  const form = {
    fields: [
      field('_firstName', { required: true, maxLength: 40 }),
      field('_email', { type: 'Email' }),
      field('Topic', { choices: ['Billing', 'Delivery'] }),
      field('Order_Number', { hidden: true, maxLength: 20 }),
      field('Amount', { type: 'Number' }),
      field('Mobile', { type: 'Phone' }),
    ],
  };

  test('pass where all of them fit', () => {
    const preChat = {
      _firstName: 'Ada',
      _email: 'ada@example.com',
      Topic: 'Billing',
      Order_Number: '42',
      Amount: '-3.5',
      Mobile: '+91 40 1234-567',
    };
    expect(compareWithForm(preChat, form)).toEqual([]);
  });

  it.each([
    ['a name that is not there', { Pincode: '50xxxx' }, 'warn PRE_CHAT_NOT_IN_FORM'],
    ['a name in other capitals', { topic: 'Billing' }, 'warn PRE_CHAT_NAME_CASE'],
    ['a value too long', { Order_Number: 'x'.repeat(21) }, 'fail PRE_CHAT_TOO_LONG'],
    ['no choice of the list', { Topic: 'billing' }, 'warn PRE_CHAT_NOT_A_CHOICE'],
    ['no e-mail address', { _email: 'ada' }, 'warn PRE_CHAT_SYNTAX'],
    ['no number', { Amount: 'many' }, 'warn PRE_CHAT_SYNTAX'],
    ['no telephone number', { Mobile: 'call me' }, 'warn PRE_CHAT_SYNTAX'],
  ])('are told: %s', (_, preChat, code) => {
    expect(codesOf(compareWithForm({ _firstName: 'Ada', ...preChat }, form))).toEqual([code]);
  });

  it.each([[{}], [{ _firstName: '' }], [{ _firstName: '  ' }], [{ _firstName: null }]])(
    'miss a required field in %j',
    (preChat) => {
      expect(codesOf(compareWithForm(preChat, form))).toEqual(['fail PRE_CHAT_REQUIRED_MISSING']);
    },
  );

  test('are told the names that the form has', () => {
    expect(compareWithForm({ _firstName: 'Ada', Zip: '1' }, form)[0]?.message).toContain('Topic');
  });

  test('are told the name that was most likely meant', () => {
    expect(compareWithForm({ _firstName: 'Ada', Order_Numbr: '1' }, form)[0]?.hint).toContain(
      'write it as Order_Number',
    );
  });

  test('are told that a form without fields drops everything', () => {
    expect(compareWithForm({ City: 'x' }, { fields: [] })[0]?.message).toContain('the form has no fields');
  });

  test('take the standard e-mail field for an address even where the form gives no type', () => {
    expect(codesOf(compareWithForm({ _email: 'ada' }, { fields: [field('_email')] }))).toEqual([
      'warn PRE_CHAT_SYNTAX',
    ]);
  });

  test('of any form whatever do not make it throw', () => {
    const anyField = fc.record({
      name: fc.string(),
      required: fc.boolean(),
      hidden: fc.boolean(),
      maxLength: fc.option(fc.nat(), { nil: undefined }),
      type: fc.option(fc.string(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.array(anyField), (preChat, fields) => {
        expect(Array.isArray(compareWithForm(preChat, { fields }))).toBe(true);
      }),
    );
  });

  test('named like a property of every object are compared like any other', () => {
    expect(codesOf(compareWithForm({}, { fields: [field('constructor', { required: true })] }))).toEqual([
      'fail PRE_CHAT_REQUIRED_MISSING',
    ]);
  });
});
