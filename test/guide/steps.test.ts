import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../src/core/errors.ts';
import { GUIDE_STEPS } from '../../src/core/guide-step.ts';
import { GUIDE } from '../../src/guide/steps.ts';

const textOf = (id: string) => JSON.stringify(GUIDE.find((entry) => entry.id === id));
const everything = JSON.stringify(GUIDE);

describe('the guide', () => {
  test('has one entry for every step, in the order of the steps', () => {
    expect(GUIDE.map((entry) => entry.id)).toEqual([...GUIDE_STEPS]);
  });

  test('says for each step where to go and what to do', () => {
    const empty = GUIDE.filter((entry) => entry.where === '' || entry.do.length === 0 || entry.title === '');
    expect(empty).toEqual([]);
  });

  test('puts each step into the track its id names', () => {
    const strays = GUIDE.filter((entry) => entry.id.split('.')[0] !== entry.track);
    expect(strays).toEqual([]);
  });

  test('ends every sentence to do with a full stop', () => {
    const open = GUIDE.flatMap((entry) => [...entry.do, ...(entry.notes ?? [])]).filter((text) => !/[.!?]$/.test(text));
    expect(open).toEqual([]);
  });

  test('holds every step that an error of the program points to', () => {
    const pointed = Object.values(ERRORS).flatMap((entry) => ('step' in entry ? [entry.step] : []));
    expect(pointed.filter((step) => !GUIDE.some((entry) => entry.id === step))).toEqual([]);
  });

  test('mentions only steps that exist', () => {
    const mentioned = everything.match(/\b(?:live-chat|miaw|metadata)\.(?:\d|verify|capabilities)\b/g) ?? [];
    expect(mentioned.filter((step) => !GUIDE.some((entry) => entry.id === step))).toEqual([]);
  });
});

describe('corrections of the vendor’s page', () => {
  test('give a base URL on the right domain wherever one is shown', () => {
    const hosts = everything.match(/https:\/\/[^\s"]*salesforce-[a-z]+\.com/g) ?? [];
    expect(hosts.filter((host) => !host.endsWith('salesforce-scrt.com'))).toEqual([]);
  });

  test('call the transposed domain a slip where the vendor prints it', () => {
    expect(textOf('metadata.1')).toMatch(/salesforce-srct\.com\. That is a slip/);
  });

  test.each(['live-chat.1', 'live-chat.6', 'prerequisite'])('tell in %s that Live Chat is retired', (id) => {
    expect(textOf(id)).toContain('14 February 2026');
  });

  test.each(['miaw.2', 'metadata.4'])('send the reader of %s to the deployment, not the channel', (id) => {
    expect(textOf(id)).toMatch(/select the messaging channel.*: select the deployment/);
  });

  test('bind the flow variable to the parameter mapping', () => {
    expect(textOf('metadata.5')).toContain('What must match is the name in the parameter mapping');
  });

  test('prefer hidden pre-chat fields', () => {
    expect(textOf('metadata.4')).toContain('Under Hidden Pre-Chat Fields click Add');
  });

  test('merge into the metadata object', () => {
    expect(textOf('metadata.1')).toContain('Merge into miawMetaInfo');
  });

  test.each(['miaw.1', 'metadata.3', 'metadata.4'])('ask in %s for another publish after a change', (id) => {
    expect(textOf(id)).toMatch(/[Pp]ublish/);
  });

  test('name the new name of the product', () => {
    expect(textOf('prerequisite')).toContain('Enhanced Chat is the name since June 2025');
  });

  test('tell of every capability how to try it', () => {
    const capabilities =
      /Agent name|Joins and exits|Transfer|Conference|Session continuity|Read receipts|Inactivity|Standard responses|Stop word|Conversation id/;
    const entry = GUIDE.find(({ id }) => id === 'miaw.capabilities');
    expect(entry?.do.filter((text) => capabilities.test(text.split(':')[0] ?? ''))).toHaveLength(10);
  });
});
