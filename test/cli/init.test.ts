import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pty from '@lydell/node-pty';
import { describe, expect, it } from 'vitest';
import { cliEnv, runCli, withFolder } from '../support/run-cli.ts';
import { WITHOUT_PTY } from '../support/systems.ts';
import { openTerminal, type TestTerminal } from '../support/terminal.ts';

const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const DOWN = '\u001b[B';
const OFFLINE = ['init', '--no-check', '--no-test-chat'];

const CONFIGURATION = `{
  "OrganizationId": "00D8Z000001kQ7PUAU",

  "DeveloperName": "Acme_Bot",
  "Url": "https://acme.my.salesforce-srct.com"
}`;
const MENDED = {
  channel: 'miaw',
  orgId: '00D8Z000001kQ7P',
  baseUrl: 'https://acme.my.salesforce-scrt.com',
  developerName: 'Acme_Bot',
};
const SWAPPED = `liveagent.init('https://d.la3-c2-ia4.salesforceliveagent.com/chat', '5738Z000000Rt9M', '00D8Z000001kQ7P');
liveagent.showWhenOnline('5728Z000000Xv2K', document.getElementById('on'));`;
const TOKEN = '00D8Z000001kQ7P!AQ8AQFs3cr3tS3cr3tS3cr3tS3cr3tS3cr3t.abc';

/** What a terminal sends that marks a paste, and what one sends that does not. */
const pasteOf = (text: string) => `\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~`;
const unmarked = (text: string) => text.replaceAll('\n', '\r');

async function profileIn(folder: string, name: string): Promise<unknown> {
  return (await runCli(['profile', 'show', name, '--json'], folder)).json();
}

async function namesIn(folder: string): Promise<string[]> {
  const document = (await runCli(['profile', 'list', '--json'], folder)).json() as { profiles: { name: string }[] };
  return document.profiles.map(({ name }) => name);
}

const save = (folder: string, name: string, ...more: string[]) =>
  runCli(
    [
      ...['init', '--no-input', '--no-check', '--name', name, '--org-id', '00D8Z000001kQ7P', '--base-url'],
      ...['acme.my.salesforce.com', '--developer-name', 'Acme_Bot', ...more],
    ],
    folder,
  );

/** Answers the review with the choice so many lines down. */
async function review(terminal: TestTerminal, down: number): Promise<void> {
  await terminal.waitFor(/Is this right\?\s+❯ Yes, go on/);
  for (let step = 0; step < down; step += 1) terminal.send(DOWN);
  if (down > 0) await terminal.waitFor(/ {2}Yes, go on\s[\s\S]*❯ [^\n]+\n(?![\s\S]*❯)/);
  terminal.send(ENTER);
}

describe.skipIf(WITHOUT_PTY)('the wizard', () => {
  it('takes a paste, shows what it changed and why, saves, and prints the form and what is left to do', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(OFFLINE, folder, { rows: 60 });
      await terminal.waitFor(/How does Salesforce receive the conversation\?/);
      terminal.send(ENTER);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(`${unmarked(CONFIGURATION)}${ENTER}`);
      await terminal.waitFor(/Acme_Bot[^}]*\n}/);
      terminal.send(ENTER);
      const reviewed = await terminal.waitFor(/Is this right\?/);
      expect(reviewed).toMatch(/00D8Z000001kQ7PUAU → 00D8Z000001kQ7P {2}\(paste line 2\)\s+Shortened from 18/);
      expect(reviewed).toContain('BASE_URL_DOMAIN_SLIP');
      await review(terminal, 0);
      await terminal.waitFor(/Save as/);
      terminal.send(ENTER);
      const screen = await terminal.waitFor(/Publish the app/);
      expect(screen).toMatch(/Organization Base URL\s+https:\/\/acme\.my\.salesforce-scrt\.com\n/);
      expect(screen).toContain('Click Manage and map the channels.');
      expect(await terminal.exited).toBe(0);
      expect(await profileIn(folder, 'acme-miaw')).toMatchObject(MENDED);
    }));

  it('says step by step where each value is, as the guide has it', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--channel', 'live-chat'], folder, { rows: 70 });
      const overview = await terminal.waitFor(/Finish with an empty line/);
      for (const step of ['1', '2', '3', '4', '5', '6']) expect(overview).toContain(`(live-chat.${step})`);
      terminal.send(ENTER);
      await terminal.waitFor(/Find liveagent\.init[\s\S]*\? Live Agent URL/);
      terminal.send(`?${ENTER}`);
      await terminal.waitFor(/Mind[\s\S]*\? Live Agent URL/);
    }));

  it('says for MIAW to publish, retrieve and enter', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--channel', 'miaw'], folder);
      const overview = await terminal.waitFor(/Finish with an empty line/);
      expect(overview).toMatch(
        /publish a deployment \(miaw\.1\)\s+▸ 2\. [^\n]+\(miaw\.2\)\s+3\. Enable [^\n]+\(miaw\.3\)/,
      );
    }));

  it('judges a value while it is typed, and takes it only when it is right', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--channel', 'miaw'], folder);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(ENTER);
      await terminal.waitFor(/\? Organization ID/);
      terminal.send('00D8Z');
      await terminal.waitFor(/\? Organization ID 5 of 15 characters/);
      terminal.send(`${CTRL_U}5728Z000000Xv2K`);
      await terminal.waitFor(/✖ Organization ID holds the ID of a deployment/);
      terminal.send(ENTER);
      await terminal.waitFor(/→ enter the ID that starts with 00D/);
      terminal.send(`${CTRL_U}00D8Z000001kQ7PUAU`);
      await terminal.waitFor(/\? Organization ID ✔ → 00D8Z000001kQ7P/);
      terminal.send(ENTER);
      await terminal.waitFor(/\? Organization Base URL/);
    }));

  it.each([
    ['marked by the terminal', pasteOf],
    ['unmarked', unmarked],
  ])('takes a paste of many lines at the first question, %s', (_what, paste) =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(OFFLINE, folder);
      await terminal.waitFor(/How does Salesforce receive/);
      terminal.send(paste(CONFIGURATION));
      await review(terminal, 0);
      await terminal.waitFor(/Save as/);
      terminal.send(ENTER);
      expect(await terminal.exited).toBe(0);
      expect(await profileIn(folder, 'acme-miaw')).toMatchObject(MENDED);
    }),
  );

  it.each([
    ['marked by the terminal', pasteOf],
    ['unmarked', unmarked],
  ])('takes a paste of many lines at a question for one value, %s', (_what, paste) =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--developer-name', 'Other_Bot'], folder);
      await terminal.waitFor(/\? Organization ID/);
      terminal.send(paste(CONFIGURATION));
      expect(await terminal.waitFor(/Is this right\?/)).toMatch(/Developer Name\s+Acme_Bot/);
    }),
  );

  it('takes a paste at the review and at the question for the name, and goes back', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--yes'], folder, { rows: 60 });
      await terminal.waitFor(/How does Salesforce receive/);
      terminal.send(pasteOf(CONFIGURATION));
      await terminal.waitFor(/saved as acme-miaw/);
      expect(await terminal.exited).toBe(0);
      await using second = openTerminal([...OFFLINE, '--profile', 'acme-miaw'], folder, { rows: 60 });
      await second.waitFor(/Is this right\?/);
      second.send(pasteOf(CONFIGURATION.replace('Acme_Bot', 'From_Review')));
      await second.waitFor(/From_Review[\s\S]*Is this right\?/);
      second.send(ENTER);
      await second.waitFor(/Save as/);
      second.send(pasteOf(CONFIGURATION.replace('Acme_Bot', 'From_Name')));
      await second.waitFor(/From_Name[\s\S]*Is this right\?/);
      second.send(ENTER);
      await second.waitFor(/Save as[^\n]*\n[\s\S]*Save as/);
      second.send(ENTER);
      expect(await second.exited).toBe(0);
      expect(await profileIn(folder, 'acme-miaw')).toMatchObject({ developerName: 'From_Name' });
    }));

  it('lets one go back and correct a value, which stands there to be edited', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(OFFLINE, folder, { rows: 60 });
      await terminal.waitFor(/How does Salesforce receive/);
      terminal.send(pasteOf(CONFIGURATION));
      await review(terminal, 3);
      await terminal.waitFor(/\? Developer Name ✔\s+▸ Acme_Bot/);
      terminal.send(`_2${ENTER}`);
      await terminal.waitFor(/Acme_Bot_2 {2}\(typed\)[\s\S]*Is this right\?/);
      terminal.send(ENTER);
      await terminal.waitFor(/Save as/);
      terminal.send(ENTER);
      expect(await terminal.exited).toBe(0);
      expect(await profileIn(folder, 'acme-miaw')).toMatchObject({ developerName: 'Acme_Bot_2' });
    }));

  it('lets one choose among several deployments of a paste', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--name', 'acme'], folder);
      await terminal.waitFor(/How does Salesforce receive/);
      terminal.send(pasteOf(`${CONFIGURATION}\n${CONFIGURATION.replace('Acme_Bot', 'Acme_DE')}`));
      await terminal.waitFor(/holds 2 deployments\. Which one\?\s+❯ Acme_Bot \(line 4\)\s+Acme_DE \(line 10\)/);
      terminal.send(DOWN);
      await terminal.waitFor(/❯ Acme_DE/);
      terminal.send(ENTER);
      await review(terminal, 0);
      expect(await terminal.exited).toBe(0);
      expect(await profileIn(folder, 'acme')).toMatchObject({ ...MENDED, developerName: 'Acme_DE' });
    }));

  it('offers to swap what stands in each other’s fields', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--channel', 'live-chat', '--name', 'acme'], folder);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(`${unmarked(SWAPPED)}${ENTER}${ENTER}`);
      await terminal.waitFor(/5738Z000000Rt9M stands in Deployment ID and belongs in Button ID\s+\? Swap them\?/);
      terminal.send(ENTER);
      await review(terminal, 0);
      expect(await terminal.exited).toBe(0);
      expect(await profileIn(folder, 'acme')).toMatchObject({
        deploymentId: '5728Z000000Xv2K',
        buttonId: '5738Z000000Rt9M',
      });
    }));

  it('says that Live Chat is retired before it is set up anew, and offers MIAW', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(OFFLINE, folder);
      await terminal.waitFor(/How does Salesforce/);
      terminal.send(DOWN);
      await terminal.waitFor(/retired by Salesforce on 14 February 2026/);
      terminal.send(ENTER);
      await terminal.waitFor(/retired Live Chat on 14 February 2026\.[\s\S]*❯ MIAW in its place/);
      terminal.send(ENTER);
      await terminal.waitFor(/publish a deployment \(miaw\.1\)/);
    }));

  it('asks which channel is meant where the paste is for the other one', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--channel', 'miaw'], folder);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(`${unmarked(SWAPPED)}${ENTER}${ENTER}`);
      await terminal.waitFor(/This is for Live Chat, not for MIAW\./);
    }));

  it('remembers nothing secret, and does not show it while it is typed', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--developer-name', 'Acme_Bot'], folder);
      await terminal.waitFor(/\? Organization ID/);
      terminal.send(pasteOf(TOKEN));
      await terminal.waitFor(/✖ a secret: it is not kept\s+▸ •+/);
      terminal.send(ENTER);
      await terminal.waitFor(/→ revoke it if it was pasted anywhere else/);
      terminal.send(CTRL_U);
      terminal.send(`${pasteOf(CONFIGURATION.replace('{', `{ "access_token": "${TOKEN}",`))}`);
      await terminal.waitFor(/ACCESS_TOKEN_PASTED[\s\S]*Is this right\?/);
      terminal.send(ENTER);
      await terminal.waitFor(/Save as/);
      terminal.send(ENTER);
      expect(await terminal.exited).toBe(0);
      expect(terminal.history()).not.toContain('AQ8AQFs3cr3t');
      expect(await readFile(join(folder, 'config', 'profiles.json'), 'utf8')).not.toContain('AQ8AQFs3cr3t');
    }));

  it('asks before it replaces a profile, and for another name where that is not wanted', () =>
    withFolder(async (folder) => {
      await save(folder, 'acme');
      await using terminal = openTerminal([...OFFLINE, '--name', 'acme', '--channel', 'miaw'], folder);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(`${unmarked(CONFIGURATION.replace('Acme_Bot', 'New_Bot'))}${ENTER}`);
      await terminal.waitFor(/New_Bot[^}]*\n}/);
      terminal.send(ENTER);
      await review(terminal, 0);
      await terminal.waitFor(/There is a profile acme already\. Replace it\?/);
      terminal.send(ENTER);
      await terminal.waitFor(/Save as[\s\S]*acme/);
      terminal.send(`2${ENTER}`);
      expect(await terminal.exited).toBe(0);
      expect(await namesIn(folder)).toEqual(['acme', 'acme2']);
      expect(await profileIn(folder, 'acme')).toMatchObject({ developerName: 'Acme_Bot' });
    }));
});

describe.skipIf(WITHOUT_PTY)('the wizard on an existing profile', () => {
  it('starts from the old values, and keeps what is not asked for', () =>
    withFolder(async (folder) => {
      await save(folder, 'acme', '--pre-chat', 'City=Hyderabad');
      await using terminal = openTerminal([...OFFLINE, '--profile', 'acme'], folder);
      await review(terminal, 2);
      await terminal.waitFor(/▸ https:\/\/acme\.my\.salesforce-scrt\.com/);
      terminal.send(`${CTRL_U}other.my.salesforce.com${ENTER}`);
      await terminal.waitFor(/other\.my\.salesforce\.com →[\s\S]*Is this right\?/);
      terminal.send(ENTER);
      await terminal.waitFor(/Save as[\s\S]*acme/);
      terminal.send(ENTER);
      expect(await terminal.exited).toBe(0);
      expect(await profileIn(folder, 'acme')).toMatchObject({
        baseUrl: 'https://other.my.salesforce-scrt.com',
        developerName: 'Acme_Bot',
        preChat: { City: 'Hyderabad' },
      });
    }));

  it('is offered where there are some', () =>
    withFolder(async (folder) => {
      await save(folder, 'acme');
      await using terminal = openTerminal(OFFLINE, folder);
      await terminal.waitFor(/❯ Set up a new handoff\s+Look through acme and change it/);
      terminal.send(DOWN);
      await terminal.waitFor(/❯ Look through acme/);
      terminal.send(ENTER);
      await terminal.waitFor(/Developer Name\s+Acme_Bot {2}\(profile acme\)[\s\S]*Is this right\?/);
    }));

  it('writes a profile of the project file back there', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'sf-handoff.json'), JSON.stringify({ profiles: { acme: MENDED } }));
      await using terminal = openTerminal(
        [...OFFLINE, '--profile', 'acme', '--developer-name', 'New', '--yes'],
        folder,
      );
      expect(await terminal.exited).toBe(0);
      expect(await readFile(join(folder, 'sf-handoff.json'), 'utf8')).toContain('"developerName": "New"');
    }));

  it('has a hint where the name is not known', () =>
    withFolder(async (folder) => {
      await save(folder, 'acme');
      await using terminal = openTerminal([...OFFLINE, '--profile', 'acne'], folder);
      await terminal.waitFor(/did you mean acme\?/);
      expect(await terminal.exited).toBe(2);
    }));
});

describe.skipIf(WITHOUT_PTY)('the wizard and the service', () => {
  it('goes back to the values where the service is not ready, and saves nothing until it is told to', () =>
    withFolder(async (folder) => {
      const values = [
        '--org-id',
        '00D8Z000001kQ7P',
        '--base-url',
        'http://127.0.0.1:1',
        '--developer-name',
        'Acme_Bot',
      ];
      await using terminal = openTerminal(['init', '--no-test-chat', '--name', 'acme', ...values], folder, {
        rows: 60,
      });
      await review(terminal, 0);
      await terminal.waitFor(/What now\?\s+❯ Go back and correct a value/);
      expect(await namesIn(folder)).toEqual([]);
      terminal.send(ENTER);
      await terminal.waitFor(/What now\?[\s\S]*Is this right\?/);
      terminal.send(ENTER);
      await terminal.waitFor(/What now\?[\s\S]*What now\?\s+❯ Go back/);
      terminal.send(`${DOWN}${DOWN}`);
      await terminal.waitFor(/❯ Save them all the same/);
      terminal.send(ENTER);
      expect(await terminal.exited).toBe(0);
      expect(await namesIn(folder)).toEqual(['acme']);
    }));

  it('checks the simulator, saves, and offers a test chat', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(['init', '--simulate'], folder);
      await terminal.waitFor(/Save as/);
      terminal.send(ENTER);
      await terminal.waitFor(/Open a test chat now\? The simulator answers it\./);
      terminal.send(`y${ENTER}`);
      await terminal.waitFor(/waiting for an agent/);
      terminal.send(CTRL_C);
      expect(await terminal.exited).toBe(130);
    }));
});

describe.skipIf(WITHOUT_PTY)('leaving the wizard', () => {
  const places: [string, string[], string[], RegExp][] = [
    ['at the channel', [], [], /How does Salesforce/],
    ['at the paste', ['--channel', 'miaw'], [], /Finish with an empty line/],
    ['at a value', ['--developer-name', 'Acme_Bot'], ['half a va'], /\? Organization ID/],
    ['at the review', [], [pasteOf(CONFIGURATION)], /Is this right\?/],
    ['at the name', ['--name', 'bad name'], [pasteOf(CONFIGURATION), ENTER], /Save as|How does/],
  ];

  it.each(places)('with Ctrl-C %s saves nothing', (_what, args, keys, last) =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, ...args], folder);
      await terminal.waitFor(/\?|empty line/);
      const [first] = keys;
      if (first !== undefined) terminal.send(first);
      await terminal.waitFor(last);
      terminal.send(CTRL_C);
      expect(await terminal.exited).toBe(130);
      expect(await namesIn(folder)).toEqual([]);
    }),
  );

  it('with Ctrl-D is the same', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--developer-name', 'Acme_Bot'], folder);
      await terminal.waitFor(/\? Organization ID/);
      terminal.send(CTRL_D);
      expect(await terminal.exited).toBe(130);
    }));

  it.each([
    ['xterm-256color', /How does Salesforce/, CTRL_C],
    ['xterm-256color', /How does Salesforce/, `${ENTER}${CTRL_C}`],
    ['dumb', /Enter a number/, CTRL_C],
  ])('gives the terminal back as it was (TERM=%s)', (term, question, keys) =>
    withFolder(async (folder) => {
      const bin = join(import.meta.dirname, '../../bin/sf-handoff.js');
      const script = `stty -g; "$0" "$1" init --no-check; stty -g`;
      const env = cliEnv(folder, { TERM: term });
      const child = pty.spawn('bash', ['-c', script, process.execPath, bin], { cols: 80, rows: 30, cwd: folder, env });
      let raw = '';
      let sent = false;
      child.onData((data) => {
        raw += data;
        if (sent || !question.test(raw)) return;
        sent = true;
        for (const key of keys) child.write(key);
      });
      await new Promise((resolve) => child.onExit(resolve));
      const settings = raw.match(/^[\w=]+(?::[\w=]+){10,}/gm) ?? [];
      expect(settings).toHaveLength(2);
      expect(settings[1]).toBe(settings[0]);
      expect(raw.lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(raw.lastIndexOf('\u001b[?25l'));
      expect(raw.lastIndexOf('\u001b[?2004l')).toBeGreaterThanOrEqual(raw.lastIndexOf('\u001b[?2004h'));
    }),
  );
});

describe.skipIf(WITHOUT_PTY)('the wizard on other terminals', () => {
  it('asks in plain lines with numbers where TERM is dumb, without one escape sequence', () =>
    withFolder(async (folder) => {
      const env = { TERM: 'dumb' };
      await using terminal = openTerminal([...OFFLINE, '--name', 'acme'], folder, { env, rows: 60 });
      await terminal.waitFor(/1\. Messaging[\s\S]*2\. Live Chat[\s\S]*Enter a number \[1\]:/);
      terminal.send(`9${ENTER}`);
      await terminal.waitFor(/Enter a number from 1 to 2\./);
      terminal.send(ENTER);
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(`${CONFIGURATION}\n\n`);
      await terminal.waitFor(/4\. Change Developer Name[\s\S]*Enter a number \[1\]:/);
      terminal.send(`4${ENTER}`);
      await terminal.waitFor(/Developer Name \[Acme_Bot\]:/);
      terminal.send(`My Label${ENTER}`);
      await terminal.waitFor(/My Label[\s\S]*Developer Name \[Acme_Bot\]:/);
      terminal.send(`Plain_Bot${ENTER}`);
      await terminal.waitFor(/Plain_Bot {2}\(typed\)[\s\S]*Enter a number \[1\]:/);
      terminal.send(ENTER);
      expect(await terminal.exited).toBe(0);
      expect(await profileIn(folder, 'acme')).toMatchObject({ ...MENDED, developerName: 'Plain_Bot' });
    }));

  it('takes a paste at the first question where TERM is dumb', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(OFFLINE, folder, { env: { TERM: 'dumb' } });
      await terminal.waitFor(/Enter a number \[1\]:/);
      terminal.send(`${CONFIGURATION}\n`);
      await terminal.waitFor(/Acme_Bot {2}\(paste line 4\)[\s\S]*Is this right\?/);
    }));

  it('stays within 40 columns', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal(OFFLINE, folder, { columns: 40, rows: 100 });
      await terminal.waitFor(/How does Salesforce/);
      terminal.send(pasteOf(CONFIGURATION));
      const screen = await terminal.waitFor(/arrow keys to move[^\n]*\n[\s\S]*Is this right\?|Is this right\?/);
      expect(screen.split('\n').every((line) => line.length <= 40)).toBe(true);
    }));

  it.each([
    ['--no-color', {}],
    ['NO_COLOR', { NO_COLOR: '1' }],
  ])('has no colour with %s', (flag, env) =>
    withFolder(async (folder) => {
      const bin = join(import.meta.dirname, '../../bin/sf-handoff.js');
      const args = flag.startsWith('--') ? [...OFFLINE, flag] : OFFLINE;
      const child = pty.spawn(process.execPath, [bin, ...args], {
        cols: 80,
        rows: 30,
        cwd: folder,
        env: cliEnv(folder, { TERM: 'xterm-256color', ...env }),
      });
      let raw = '';
      child.onData((data) => {
        raw += data;
        if (/to choose/.test(raw)) child.write(CTRL_C);
      });
      await new Promise((resolve) => child.onExit(resolve));
      expect(raw).toContain('How does Salesforce');
      expect(raw).not.toMatch(/\u001b\[[\d;]*m/);
    }),
  );

  it('has ASCII symbols where the locale has no Unicode', () =>
    withFolder(async (folder) => {
      await using terminal = openTerminal([...OFFLINE, '--channel', 'miaw'], folder, { env: { LANG: 'C' } });
      await terminal.waitFor(/Finish with an empty line/);
      terminal.send(ENTER);
      await terminal.waitFor(/\? Organization ID/);
      terminal.send('00D8Z000001kQ7P');
      await terminal.waitFor(/\? Organization ID \+\s+> 00D8Z000001kQ7P/);
      expect(terminal.history()).not.toMatch(/[✔✖▸→›❯]/);
    }));
});

describe('init without a terminal', () => {
  const values = [
    '--org-id',
    '00D8Z000001kQ7P',
    '--base-url',
    'acme.my.salesforce.com',
    '--developer-name',
    'Acme_Bot',
  ];

  it('does all of it by flags and asks nothing', () =>
    withFolder(async (folder) => {
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
      await runCli(['init', '--no-input', '--no-check', '--project', '--name', 'acme', ...values], folder);
      const result = await runCli(['validate', '--json'], folder);
      expect(result.json()).toMatchObject({ ok: true, values: [{ source: 'project' }, {}, {}] });
    }));

  it('saves nothing where the service refuses the values', () =>
    withFolder(async (folder) => {
      const result = await runCli(['init', '--no-input', '--simulate=unpublished', '--name', 'acme'], folder);
      expect(result.code).toBe(1);
      expect(await namesIn(folder)).toEqual([]);
    }));

  it('is a usage error where a value is missing altogether', () =>
    withFolder(async (folder) => {
      const result = await runCli(['init', '--no-input', '--json'], folder);
      expect(result.code).toBe(2);
      expect(result.json()).toMatchObject({ error: { code: 'MISSING_VALUE' } });
    }));
});

describe('the help of init', () => {
  it('names an existing flag for every question', () =>
    withFolder(async (folder) => {
      const { stdout } = await runCli(['init', '--help'], folder);
      const [, table = ''] = /Every question has a flag that answers it:\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
      const flags = [...new Set(table.match(/--[a-z-]+/g))];
      const options = stdout.slice(stdout.indexOf('Values:'));
      expect(table.split('\n')).toHaveLength(8);
      expect(flags.filter((flag) => !new RegExp(`^ {2}${flag}\\b`, 'm').test(options))).toEqual([]);
    }));
});
