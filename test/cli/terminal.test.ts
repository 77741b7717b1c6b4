import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/events.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { openTerminal } from '../support/terminal.ts';
import { valueFlags } from '../support/value-flags.ts';

const ENTER = '\r';
const CTRL_C = '\u0003';
const DOWN = '\u001b[B';

describe.each<Channel>(['miaw', 'live-chat'])('a person in a test chat over %s', (channel) => {
  it('types, is answered, and leaves with /end', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, channel)], folder);
      await terminal.waitFor(/waiting for an agent/);
      await terminal.waitFor(/Maria Lopez \(agent\) joined/);
      terminal.send(`Where is my parcel?${ENTER}`);
      await terminal.waitFor(/Maria Lopez {3}.*Where is my parcel\?/s);
      terminal.send(`/end${ENTER}`);
      await terminal.waitFor(/Handoff proven in .*closed, nothing left open/);
      expect(await terminal.exited).toBe(0);
    }));

  it('leaves with Ctrl-C, which closes the chat first', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, channel)], folder);
      await terminal.waitFor(/waiting for an agent/);
      terminal.send(CTRL_C);
      await terminal.waitFor(/Interrupted after .*closed, nothing left open/s);
      expect(await terminal.exited).toBe(130);
    }));
});

describe('a test chat in a terminal', () => {
  it('keeps what is being typed while events arrive', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.3 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder);
      await terminal.waitFor(/waiting for an agent/);
      terminal.send('half a sentence');
      await terminal.waitFor(/How can I help\?/);
      expect(terminal.screen()).toMatch(/you ▸ half a sentence$/);
    }));

  it('stays readable at 40 columns', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.2 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder, { columns: 40 });
      await terminal.waitFor(/How can I help\?/);
      expect(
        terminal
          .screen()
          .split('\n')
          .every((line) => line.length <= 40),
      ).toBe(true);
    }));

  it('survives a resize', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0.3 });
      await using terminal = openTerminal(['test-chat', ...valueFlags(simulator, 'miaw')], folder);
      await terminal.waitFor(/waiting for an agent/);
      terminal.resize(50, 20);
      await terminal.waitFor(/How can I help\?|can I help\?/);
      expect(terminal.history()).toMatch(/Maria Lopez \(agent\) joined/);
      terminal.send(`hello${ENTER}`);
      await terminal.waitFor(/you {3}hello/);
    }));

  it('has ASCII symbols where the locale has no Unicode', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['doctor', '--simulate', '--channel', 'live-chat'], folder, {
        env: { LANG: 'C' },
      });
      await terminal.exited;
      expect(terminal.history()).toContain('+ Values');
      expect(terminal.history()).not.toMatch(/[✔✖–]/);
    }));

  it('lets no escape sequence of the service through', () =>
    withFolder(async (folder) => {
      await using simulator = await startSimulator({ pace: 0, scenario: 'hostile' });
      const result = await runCli(['test-chat', '--expect', 'message', ...valueFlags(simulator, 'miaw')], folder);
      expect(result.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }));
});

describe('the wizard', () => {
  it('takes a paste, asks the service, saves, and prints the form', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['init', '--no-check', '--no-test-chat'], folder);
      await terminal.waitFor(/How does Salesforce receive the conversation\?/);
      terminal.send(ENTER);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(
        `{"OrganizationId":"00D8Z000001kQ7PUAU","DeveloperName":"Acme_Bot","Url":"https://acme.my.salesforce-srct.com"}${ENTER}`,
      );
      terminal.send(ENTER);
      await terminal.waitFor(/Save as/);
      terminal.send(ENTER);
      const screen = await terminal.waitFor(/Organization Base URL\s+https:\/\/acme\.my\.salesforce-scrt\.com/);
      expect(screen).toContain('BASE_URL_DOMAIN_SLIP');
      expect(await terminal.exited).toBe(0);
      const shown = await runCli(['profile', 'show', 'acme-miaw', '--json'], folder);
      expect(shown.json()).toMatchObject({
        channel: 'miaw',
        orgId: '00D8Z000001kQ7P',
        baseUrl: 'https://acme.my.salesforce-scrt.com',
        developerName: 'Acme_Bot',
      });
    }));

  it('asks for values one by one and refuses a wrong one on the spot', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['init', '--no-check', '--no-test-chat'], folder);
      await terminal.waitFor(/How does Salesforce/);
      terminal.send(ENTER);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(ENTER);
      await terminal.waitFor(/\? Organization ID/);
      terminal.send(`5728Z000000Xv2K${ENTER}`);
      await terminal.waitFor(/holds the ID of a deployment/);
      terminal.send('\u0015');
      terminal.send(`00D8Z000001kQ7P${ENTER}`);
      await terminal.waitFor(/\? Organization Base URL/);
      terminal.send(`acme.my.salesforce.com${ENTER}`);
      await terminal.waitFor(/\? Developer Name/);
      terminal.send(`Acme_Bot${ENTER}`);
      await terminal.waitFor(/Save as/);
      terminal.send(ENTER);
      expect(await terminal.exited).toBe(0);
    }));

  it('says that Live Chat is retired before it is set up', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['init'], folder);
      await terminal.waitFor(/How does Salesforce/);
      terminal.send(DOWN);
      await terminal.waitFor(/14 February 2026/);
      terminal.send(CTRL_C);
      expect(await terminal.exited).toBe(130);
    }));

  it('saves nothing when it is left with Ctrl-C', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['init', '--no-check'], folder);
      await terminal.waitFor(/How does Salesforce/);
      terminal.send(ENTER);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(CTRL_C);
      expect(await terminal.exited).toBe(130);
      expect((await runCli(['profile', 'list', '--json'], folder)).json()).toMatchObject({ profiles: [] });
    }));

  it('checks the simulator, saves, and offers a test chat', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['init', '--simulate'], folder);
      await terminal.waitFor(/Save as/);
      terminal.send(ENTER);
      await terminal.waitFor(/Open a test chat with the simulator now\?/);
      terminal.send(`y${ENTER}`);
      await terminal.waitFor(/waiting for an agent/);
      terminal.send(CTRL_C);
      expect(await terminal.exited).toBe(130);
    }));
});

describe('init without a terminal', () => {
  it('does all of it by flags and asks nothing', () =>
    withFolder(async (folder) => {
      const values = [
        '--org-id',
        '00D8Z000001kQ7P',
        '--base-url',
        'acme.my.salesforce.com',
        '--developer-name',
        'Acme_Bot',
      ];
      const result = await runCli(['init', '--no-input', '--no-check', '--name', 'acme', '--json', ...values], folder);
      expect(result.code).toBe(0);
      expect(result.json()).toMatchObject({
        ok: true,
        saved: { name: 'acme' },
        koreForm: { 'Organization Base URL': 'https://acme.my.salesforce-scrt.com' },
      });
      expect((await runCli(['validate', '--profile', 'acme', '--json'], folder)).json()).toMatchObject({
        ok: true,
        values: [{ source: 'profile' }, {}, {}],
      });
    }));

  it('saves to the project file', () =>
    withFolder(async (folder) => {
      const values = [
        '--org-id',
        '00D8Z000001kQ7P',
        '--base-url',
        'acme.my.salesforce.com',
        '--developer-name',
        'Acme_Bot',
      ];
      await runCli(['init', '--no-input', '--no-check', '--project', '--name', 'acme', ...values], folder);
      const result = await runCli(['validate', '--json'], folder);
      expect(result.json()).toMatchObject({ ok: true, values: [{ source: 'project' }, {}, {}] });
    }));

  it('saves nothing where the service refuses the values', () =>
    withFolder(async (folder) => {
      const result = await runCli(['init', '--no-input', '--simulate=unpublished', '--name', 'acme'], folder);
      expect(result.code).toBe(1);
      expect((await runCli(['profile', 'list', '--json'], folder)).json()).toMatchObject({ profiles: [] });
    }));
});
