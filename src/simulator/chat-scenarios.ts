import type { Scenario } from './model.ts';
import {
  BOT,
  converses,
  emit,
  ends,
  greets,
  JONAS,
  joins,
  leaves,
  MARIA,
  options,
  queued,
  says,
  shows,
} from './scenario-steps.ts';

const GREETING = 'Thanks for writing. An agent will be with you shortly.';
const WELCOME = 'Hello, this is Maria. How can I help?';

/**
 * Chats in which somebody answers. A transfer is told as requested, left, joined, completed; a service that
 * tells the same with fewer events encodes the pair that it knows.
 */
export const CHAT_SCENARIOS: readonly Scenario[] = [
  {
    name: 'happy-path',
    title: 'greeting, queue, an agent joins and answers',
    agents: 'online',
    steps: [
      greets(GREETING),
      queued(2, 40, 400),
      queued(1, 20, 1500),
      joins(MARIA, 1500),
      says(MARIA, WELCOME, 1200),
      converses(MARIA),
    ],
  },
  {
    name: 'bot-first',
    title: 'a bot greets and hands over to an agent',
    agents: 'online',
    steps: [
      emit({ type: 'queued', estimatedWaitSeconds: 1 }),
      joins(BOT, 300),
      shows(BOT, {
        text: 'Hi, I am the Acme Bot. What is it about?',
        format: 'choices',
        options: options('Billing', 'Delivery', 'Talk to a person'),
      }),
      converses(BOT, 1),
      emit({ type: 'transferred', state: 'requested', to: 'Support' }, 600),
      joins(MARIA, 2000),
      leaves(BOT, 100),
      emit({ type: 'transferred', state: 'completed', to: 'Maria Lopez' }),
      says(MARIA, WELCOME, 1200),
      converses(MARIA),
    ],
  },
  {
    name: 'transfer',
    title: 'an agent transfers the chat to a colleague',
    agents: 'online',
    steps: [
      queued(1, 10),
      joins(MARIA, 1500),
      says(MARIA, WELCOME, 800),
      converses(MARIA, 1),
      emit({ type: 'transferred', state: 'requested', to: 'Billing' }, 800),
      leaves(MARIA, 300),
      joins(JONAS, 2500),
      emit({ type: 'transferred', state: 'completed', to: 'Jonas Weber' }),
      says(JONAS, 'Jonas from Billing here, I have read along.', 1200),
      converses(JONAS),
    ],
  },
  {
    name: 'transfer-abrupt',
    title: 'an agent leaves before the transfer is announced',
    agents: 'online',
    steps: [
      queued(1, 10),
      joins(MARIA, 1500),
      converses(MARIA, 1),
      leaves(MARIA, 500),
      emit({ type: 'transferred', state: 'requested', to: 'Billing' }, 200),
      joins(JONAS, 2500),
      emit({ type: 'transferred', state: 'completed', to: 'Jonas Weber' }),
      converses(JONAS),
    ],
  },
  {
    name: 'transfer-failed',
    title: 'a transfer fails and the first agent carries on',
    agents: 'online',
    steps: [
      queued(1, 10),
      joins(MARIA, 1500),
      converses(MARIA, 1),
      emit({ type: 'transferred', state: 'requested', to: 'Billing' }, 800),
      emit({ type: 'transferred', state: 'failed', to: 'Billing' }, 3000),
      says(MARIA, 'Nobody is free in Billing, so I will stay with you.', 900),
      converses(MARIA),
    ],
  },
  {
    name: 'conference',
    title: 'a second agent joins and leaves again',
    agents: 'online',
    steps: [
      queued(1, 10),
      joins(MARIA, 1500),
      converses(MARIA, 1),
      joins(JONAS, 1000),
      says(JONAS, 'Hello, I am listening in.', 600),
      leaves(JONAS, 3000),
      converses(MARIA),
    ],
  },
  {
    name: 'agent-ends',
    title: 'the agent ends the chat after one answer',
    agents: 'online',
    steps: [queued(1, 10), joins(MARIA, 1500), says(MARIA, WELCOME, 800), converses(MARIA, 1), ends('agent', 1500)],
  },
  {
    name: 'inactivity',
    title: 'the visitor stays silent until the chat is closed',
    agents: 'online',
    steps: [
      queued(1, 10),
      joins(MARIA, 1500),
      says(MARIA, WELCOME, 800),
      emit({ type: 'session', state: 'inactive' }, 8000),
      greets('Are you still there? This chat will be closed soon.', 200),
      ends('system', 8000, 'inactivity'),
    ],
  },
  {
    name: 'visitor-ends',
    title: 'the agent answers for as long as the visitor stays',
    agents: 'online',
    steps: [joins(MARIA, 500), says(MARIA, 'I am here for as long as you need me.', 300), converses(MARIA)],
  },
  {
    name: 'forms',
    title: 'choices, form, carousel, link, files and a file request',
    agents: 'online',
    steps: [
      joins(BOT, 300),
      shows(BOT, { text: 'Anything else?', format: 'choices', options: options('Yes', 'No') }),
      shows(BOT, {
        text: 'Our mugs',
        format: 'choices',
        options: options('Red mug', 'Blue mug'),
        attachments: [
          { name: 'Red mug', mimeType: 'image/png', url: 'https://shop.example.com/red.png' },
          { name: 'Blue mug', mimeType: 'image/png', url: 'https://shop.example.com/blue.png' },
        ],
      }),
      shows(BOT, {
        text: 'Your order',
        format: 'form',
        inputs: [
          { id: 'order_number', label: 'Order number', kind: 'TextInput', required: true, maxLength: 8 },
          { id: 'delivery_date', label: 'Wanted delivery date', kind: 'DatePickerInput', required: false },
          { id: 'gift', label: 'Gift wrap', kind: 'SelectInput', required: false, options: options('Yes', 'No') },
        ],
      }),
      joins(MARIA, 500),
      shows(MARIA, {
        text: 'Track your parcel',
        format: 'rich-link',
        attachments: [{ name: 'Track your parcel', url: 'https://shop.example.com/track/4711' }],
      }),
      shows(MARIA, {
        text: 'Your receipt',
        format: 'attachments',
        attachments: [
          { name: 'receipt.pdf', mimeType: 'application/pdf', url: 'https://files.example.com/d/5d0f1c7b' },
          { name: 'photo.png', mimeType: 'image/png', url: 'https://files.example.com/d/5d0f1c7c' },
        ],
      }),
      shows(MARIA, { text: 'Please send me a photo of the parcel.', format: 'file-request' }),
      converses(MARIA),
    ],
  },
  {
    name: 'streaming',
    title: 'a bot shows progress and streams its answer word by word',
    agents: 'online',
    steps: [
      joins(BOT, 300),
      { awaitMessage: true },
      emit({ type: 'typing', participant: BOT, active: true }, 300),
      emit({ type: 'typing', participant: BOT, active: true, text: 'Looking up your order' }, 500),
      says(BOT, 'Your parcel left our warehouse this morning and will arrive tomorrow before noon.', 1200),
      emit({ type: 'typing', participant: BOT, active: false }),
      converses(BOT),
    ],
  },
];
