import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const MIAW = {
  channel: 'miaw',
  orgId: '00D8Z000001kQ7P',
  baseUrl: 'https://acme.my.salesforce-scrt.com',
  developerName: 'Acme_Bot',
};
const PROJECT = JSON.stringify({ profiles: { acme: MIAW } }, null, 2);
const LINES = `Organization ID: ${MIAW.orgId}\nOrganization Base URL: ${MIAW.baseUrl}\nDeveloper Name: ${MIAW.developerName}\n`;

const windows = (text: string) => text.replaceAll('\n', '\r\n');

describe.each<[string, (text: string) => Buffer]>([
  ['Windows line ends', (text) => Buffer.from(windows(text))],
  ['a byte order mark', (text) => Buffer.from(`\ufeff${windows(text)}`)],
  ['the UTF-16 of Windows PowerShell', (text) => Buffer.from(`\ufeff${windows(text)}`, 'utf16le')],
])('a file with %s', (_what, encode) => {
  const expectValues = (result: { json(): unknown }) =>
    expect(result.json()).toMatchObject({ ok: true, unused: [], koreForm: { 'Developer Name': 'Acme_Bot' } });

  it('is read as a project file', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'sf-handoff.json'), encode(PROJECT));
      expectValues(await runCli(['validate', '--json'], folder));
    }));

  it('is taken in by --from', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'values.txt'), encode(LINES));
      expectValues(await runCli(['validate', '--json', '--from', 'values.txt'], folder));
    }));

  it('is taken in from a pipe', () =>
    withFolder(async (folder) => {
      expectValues(await runCli(['validate', '--json', '--from', '-'], folder, { stdin: encode(LINES) }));
    }));

  it('is played as a script with pre-chat values', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'chat.json'), encode('[\n  { "send": "Zoë" },\n  { "end": true }\n]\n'));
      await writeFile(join(folder, 'pre-chat.json'), encode('{\n  "City": "Hyderabad"\n}\n'));
      const files = ['--script', 'chat.json', '--pre-chat-file', 'pre-chat.json'];
      const result = await runCli(['test-chat', '--simulate', '--json', ...files], folder);
      expect(result.lines().find(({ type }) => type === 'sent')).toMatchObject({ text: 'Zoë' });
    }));

  it('is added to by init --project, which leaves what was in it', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'sf-handoff.json'), encode(PROJECT));
      const values = ['--org-id', MIAW.orgId, '--base-url', MIAW.baseUrl, '--developer-name', 'Other_Bot'];
      const args = ['init', '--project', '--no-check', '--name', 'other', '--no-input', ...values];
      expect((await runCli(args, folder)).code).toBe(0);
      expectValues(await runCli(['validate', '--json', '--profile', 'acme'], folder));
    }));
});
