import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

interface ValidateDocument {
  readonly schemaVersion: number;
  readonly channel: string;
  readonly ok: boolean;
  readonly values: readonly {
    field: string;
    source: string;
    given: string;
    value: string | null;
    status: string;
    findings: { code: string }[];
  }[];
  readonly koreForm: Record<string, string>;
}

const DEPLOYMENT_CODE = `<script type='text/javascript' src='https://c.la3-c2-ia4.salesforceliveagent.com/content/g/js/60.0/deployment.js'></script>
<script type='text/javascript'>
liveagent.init('https://d.la3-c2-ia4.salesforceliveagent.com/chat', '5728Z000000Xv2K', '00D8Z000001kQ7P');
</script>
<script>liveagent.showWhenOnline('5738Z000000Rt9M', document.getElementById('on'));</script>`;

const WEB_SNIPPET = `embeddedservice_bootstrap.init('00D8Z000001kQ7P', 'Acme_Web', 'https://acme.my.site.com/ESWAcmeWeb1700000000000', {
  scrt2URL: 'https://acme.my.salesforce-scrt.com'
});`;

const CUSTOM_CLIENT =
  '{ "OrganizationId": "00D8Z000001kQ7P", "DeveloperName": "Acme_Bot", "Url": "https://acme.my.salesforce-scrt.com" }';

async function validate(
  folder: string,
  args: readonly string[],
  stdin = '',
): Promise<{ code: number | null; document: ValidateDocument }> {
  const result = await runCli(['validate', '--json', ...args], folder, { stdin });
  return { code: result.code, document: result.json() as ValidateDocument };
}

const valuesOf = (document: ValidateDocument) =>
  Object.fromEntries(document.values.map((row) => [row.field, row.value]));

describe('validate --from -', () => {
  it('reads Live Chat deployment and button code', () =>
    withFolder(async (folder) => {
      const { code, document } = await validate(folder, ['--from', '-'], DEPLOYMENT_CODE);
      expect(code).toBe(0);
      expect(document.channel).toBe('live-chat');
      expect(valuesOf(document)).toEqual({
        liveAgentUrl: 'https://d.la3-c2-ia4.salesforceliveagent.com/chat',
        orgId: '00D8Z000001kQ7P',
        deploymentId: '5728Z000000Xv2K',
        buttonId: '5738Z000000Rt9M',
      });
    }));

  it('reads a MIAW web snippet and warns of its developer name', () =>
    withFolder(async (folder) => {
      const { code, document } = await validate(folder, ['--from', '-'], WEB_SNIPPET);
      expect(code).toBe(0);
      expect(valuesOf(document)).toEqual({
        orgId: '00D8Z000001kQ7P',
        baseUrl: 'https://acme.my.salesforce-scrt.com',
        developerName: 'Acme_Web',
      });
      expect(JSON.stringify(document)).toContain('WEB_SNIPPET_DEVELOPER_NAME');
    }));

  it('reads a Custom Client configuration', () =>
    withFolder(async (folder) => {
      const { code, document } = await validate(folder, ['--from', '-'], CUSTOM_CLIENT);
      expect(code).toBe(0);
      expect(document).toMatchObject({ schemaVersion: 1, channel: 'miaw', ok: true });
      expect(document.koreForm).toEqual({
        'Organization ID': '00D8Z000001kQ7P',
        'Organization Base URL': 'https://acme.my.salesforce-scrt.com',
        'Developer Name': 'Acme_Bot',
      });
    }));
});

describe('validate', () => {
  it('rewrites the login address to the messaging host', () =>
    withFolder(async (folder) => {
      const { code, document } = await validate(folder, [
        '--org-id',
        '00D8Z000001kQ7PUAU',
        '--developer-name',
        'Acme_Bot',
        '--base-url',
        'example.my.salesforce.com',
      ]);
      expect(code).toBe(0);
      expect(valuesOf(document)).toMatchObject({
        baseUrl: 'https://example.my.salesforce-scrt.com',
        orgId: '00D8Z000001kQ7P',
      });
    }));

  it('corrects the srct slip, fails, and says why', () =>
    withFolder(async (folder) => {
      const { code, document } = await validate(folder, [
        '--org-id',
        '00D8Z000001kQ7P',
        '--developer-name',
        'Acme_Bot',
        '--base-url',
        'https://example.my.salesforce-srct.com',
      ]);
      expect(code).toBe(1);
      const row = document.values.find((value) => value.field === 'baseUrl');
      expect(row).toMatchObject({ value: 'https://example.my.salesforce-scrt.com', status: 'fail', source: 'flag' });
      expect(row?.findings.map((finding) => finding.code)).toContain('BASE_URL_DOMAIN_SLIP');
    }));

  it('writes the guide’s literal domain when asked to', () =>
    withFolder(async (folder) => {
      const { code, document } = await validate(folder, [
        ...['--org-id', '00D8Z000001kQ7P', '--developer-name', 'Acme_Bot', '--base-url', 'example.my.salesforce.com'],
        ...['--base-url-domain', 'salesforce-srct.com'],
      ]);
      expect(code).toBe(0);
      expect(document.values.find((value) => value.field === 'baseUrl')).toMatchObject({
        value: 'https://example.my.salesforce-srct.com',
        status: 'warn',
      });
    }));

  it('takes values from the environment, below flags', () =>
    withFolder(async (folder) => {
      const env = {
        SF_HANDOFF_ORG_ID: '00D000000000001',
        SF_HANDOFF_DEVELOPER_NAME: 'From_Env',
        SF_HANDOFF_BASE_URL: 'acme.my.salesforce.com',
      };
      const result = await runCli(['validate', '--json', '--developer-name', 'From_Flag'], folder, { env });
      const document = result.json() as ValidateDocument;
      expect(document.values.map((row) => [row.field, row.source, row.value])).toEqual([
        ['orgId', 'environment', '00D000000000001'],
        ['baseUrl', 'environment', 'https://acme.my.salesforce-scrt.com'],
        ['developerName', 'flag', 'From_Flag'],
      ]);
    }));

  it('finds the project file above the working directory', () =>
    withFolder(async (folder) => {
      const profile = {
        channel: 'miaw',
        orgId: '00D8Z000001kQ7P',
        baseUrl: 'https://acme.my.salesforce-scrt.com',
        developerName: 'Acme_Bot',
      };
      await writeFile(join(folder, 'sf-handoff.json'), JSON.stringify({ profiles: { acme: profile } }));
      const inner = join(folder, 'deep/er');
      await mkdir(inner, { recursive: true });
      const result = await runCli(['validate', '--json'], folder, { cwd: inner });
      expect(result.code).toBe(0);
      expect((result.json() as ValidateDocument).values.every((row) => row.source === 'project')).toBe(true);
    }));

  it('is a usage error where nothing at all was given', () =>
    withFolder(async (folder) => {
      const result = await runCli(['validate', '--json'], folder);
      expect(result.code).toBe(2);
      expect(result.json()).toMatchObject({ schemaVersion: 1, error: { code: 'MISSING_VALUE' } });
    }));

  it('fails a value that is missing beside others', () =>
    withFolder(async (folder) => {
      const { code, document } = await validate(folder, [
        '--org-id',
        '00D8Z000001kQ7P',
        '--base-url',
        'acme.my.salesforce.com',
      ]);
      expect(code).toBe(1);
      expect(document.values.find((row) => row.field === 'developerName')).toMatchObject({
        value: null,
        status: 'fail',
      });
    }));

  it('never prints an access token that was pasted by mistake', () =>
    withFolder(async (folder) => {
      const token = '00D8Z000001kQ7P!AQ8AQFs3cr3tS3cr3tS3cr3tS3cr3tS3cr3t.abc';
      for (const args of [['--json'], [], ['--verbose']]) {
        const result = await runCli(
          [
            'validate',
            '--org-id',
            token,
            '--base-url',
            'acme.my.salesforce.com',
            '--developer-name',
            'Acme_Bot',
            ...args,
          ],
          folder,
        );
        expect(result.code).toBe(1);
        expect(result.stdout + result.stderr).not.toContain('AQ8AQFs3cr3t');
      }
    }));

  it.each([
    ['--from', 'my snippet.txt', 'init --from "my snippet.txt"'],
    ['--from', 'a$b.txt', "init --from 'a$b.txt'"],
    ['--profile', 'my bot', 'doctor --profile "my bot"'],
  ])('names the next command with %s %s so that it can be copied into sh and PowerShell', (flag, name, next) =>
    withFolder(async (folder) => {
      const baseUrl = 'https://acme.my.salesforce-scrt.com';
      const values = { orgId: '00D8Z000001kQ7P', baseUrl, developerName: 'Acme_Bot' };
      const project = { profiles: { 'my bot': { channel: 'miaw', ...values } } };
      const [file, content] = flag === '--from' ? [name, values] : ['sf-handoff.json', project];
      await writeFile(join(folder, file), JSON.stringify(content));
      expect((await runCli(['validate', flag, name], folder)).stdout).toContain(`Next: sf-handoff ${next}\n`);
    }),
  );
});
