import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import schema from '../../schemas/sf-handoff.schema.json' with { type: 'json' };
import { parseProfileFile } from '../../src/config/project-file.ts';

const accepts = new Ajv({
  strict: true,
  strictRequired: false,
  allErrors: true,
  formats: { date: /^\d{4}-\d\d-\d\d$/ },
}).compile(schema);

const MIAW = {
  channel: 'miaw',
  orgId: '00D8Z000001kQ7P',
  baseUrl: 'https://acme.my.salesforce-scrt.com',
  developerName: 'Acme_Bot',
};
const LIVE = {
  channel: 'live-chat',
  liveAgentUrl: 'https://d.la3-c2-ia4.salesforceliveagent.com/chat',
  orgId: '00D8Z000001kQ7P',
  deploymentId: '5728Z000000Xv2K',
  buttonId: '5738Z000000Rt9M',
};
const one = (profile: object) => ({ profiles: { acme: profile } });

describe('the JSON Schema of the project file', () => {
  it.each<[string, object]>([
    ['one MIAW profile', one(MIAW)],
    ['one Live Chat profile', one(LIVE)],
    [
      'several, with a default and a schema',
      { $schema: './x.json', default: 'a', profiles: { a: MIAW, 'b.c-d': LIVE } },
    ],
    ['pre-chat values', one({ ...MIAW, preChat: { City: 'Hyderabad', Pincode: '' } })],
    ['an id of 18 characters', one({ ...MIAW, orgId: '00D8Z000001kQ7PUAU' })],
    ['a simulator on loopback', one({ ...MIAW, baseUrl: 'http://127.0.0.1:8080' })],
    ['the newer Live Agent URL', one({ ...LIVE, liveAgentUrl: 'https://acme.my.salesforce-scrt.com/chat' })],
  ])('accepts %s, and so does the program', (_what, file) => {
    expect(accepts(file) || accepts.errors).toBe(true);
    expect(() => parseProfileFile(JSON.stringify(file), 'sf-handoff.json')).not.toThrow();
  });

  it.each<[string, object]>([
    ['no profiles', {}],
    ['an empty set of profiles', { profiles: {} }],
    ['a field nobody knows', { ...one(MIAW), profile: 'acme' }],
    ['a misspelt value', one({ ...MIAW, developername: 'Acme_Bot' })],
    ['a missing value', one({ channel: 'miaw', orgId: MIAW.orgId, baseUrl: MIAW.baseUrl })],
    ['an unknown channel', one({ ...MIAW, channel: 'sms' })],
    ['values of the other channel', one({ ...MIAW, buttonId: LIVE.buttonId })],
    ['another kind of id', one({ ...MIAW, orgId: LIVE.deploymentId })],
    ['swapped ids', one({ ...LIVE, deploymentId: LIVE.buttonId, buttonId: LIVE.deploymentId })],
    ['a base URL with a path', one({ ...MIAW, baseUrl: `${MIAW.baseUrl}/chat` })],
    ['a Live Agent URL without its path', one({ ...LIVE, liveAgentUrl: 'https://d.la1.salesforceliveagent.com' })],
    ['a label as Developer Name', one({ ...MIAW, developerName: 'Acme Bot' })],
    ['a pre-chat value that is no text', one({ ...MIAW, preChat: { Pincode: 500001 } })],
    ['a profile name with a blank', { profiles: { 'my acme': MIAW } }],
    ['a default that is no name', { ...one(MIAW), default: 1 }],
  ])('refuses %s', (_what, file) => {
    expect(accepts(file)).toBe(false);
  });

  it('accepts the example of the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n(\{[\s\S]*?"profiles"[\s\S]*?\n\})\n```/.exec(readme) ?? [];
    expect(accepts(JSON.parse(example)) || accepts.errors).toBe(true);
  });

  it('ships in the package', () => {
    expect(packageJson.files).toContain('schemas');
  });
});
