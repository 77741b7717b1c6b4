import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const VALUES = {
  channel: 'miaw',
  orgId: '00D8Z000001kQ7P',
  baseUrl: 'https://acme.my.salesforce-scrt.com',
  developerName: 'Acme_Bot',
};

interface Session {
  miawMetaInfo?: { preChatInfo?: Record<string, unknown>; endChatShortHandCommand?: string };
}

async function scriptFor(folder: string, preChat: unknown, args: readonly string[] = []) {
  const profile = JSON.stringify({ profiles: { acme: { ...VALUES, preChat } } });
  await writeFile(join(folder, 'sf-handoff.json'), profile);
  return runCli(['metadata', 'script', ...args], folder);
}

/** Runs the script as a Script node does, with nothing but the bot's context, and returns the session it leaves. */
function runInBot(script: string, session: Session = {}): Session {
  const bot = { context: { session: { BotUserSession: session } } };
  runInContext(script, createContext(bot));
  return bot.context.session.BotUserSession;
}

describe('metadata script', () => {
  it('puts every value into the bot’s context when it is run', () =>
    withFolder(async (folder) => {
      const result = await scriptFor(folder, { Pincode: '500001', City: 'Hyderabad' });
      expect([result.code, result.stderr]).toEqual([0, '']);
      expect(runInBot(result.stdout).miawMetaInfo).toEqual({ preChatInfo: { Pincode: '500001', City: 'Hyderabad' } });
    }));

  it('keeps what an earlier node has set', () =>
    withFolder(async (folder) => {
      const { stdout } = await scriptFor(folder, { City: 'Hyderabad' });
      const before = { preChatInfo: { City: 'Pune', Country: 'India' }, endChatShortHandCommand: 'bye' };
      expect(runInBot(stdout, { miawMetaInfo: before }).miawMetaInfo).toEqual({
        preChatInfo: { City: 'Hyderabad', Country: 'India' },
        endChatShortHandCommand: 'bye',
      });
    }));

  it.each([
    ['quotes and backslashes', `it's "so" \\ and \`so\``],
    ['line breaks', 'one\ntwo\r\nthree'],
    ['line separators', 'one\u2028two\u2029three'],
    ['the end of a script element', '</script><script>alert(1)</script>'],
    ['a comment and a template', ['*/ // <!-- $', '{context}'].join('')],
    ['emoji and half a pair', 'café 🙂 \ud83d'],
  ])('carries %s unchanged, in values and names', (_what, text) =>
    withFolder(async (folder) => {
      const { stdout } = await scriptFor(folder, { Note: text, [`x${text}x`]: 'y' });
      expect(stdout).not.toMatch(/<\/script|<!--|[\u2028\u2029]/i);
      expect(runInBot(stdout).miawMetaInfo?.preChatInfo).toEqual({ Note: text, [`x${text}x`]: 'y' });
    }),
  );

  it('carries a value called __proto__ as a value', () =>
    withFolder(async (folder) => {
      await writeFile(
        join(folder, 'sf-handoff.json'),
        `{"profiles":{"acme":${JSON.stringify(VALUES).slice(0, -1)},"preChat":{"__proto__":"x"}}}}`,
      );
      const { stdout } = await runCli(['metadata', 'script'], folder);
      const info = runInBot(stdout).miawMetaInfo?.preChatInfo ?? {};
      expect(stdout).toContain('["__proto__"]: "x"');
      expect(Object.getPrototypeOf(info)).not.toBe('x');
    }));

  it('explains where the conversation id is', () =>
    withFolder(async (folder) => {
      const { stdout } = await scriptFor(folder, { City: 'Hyderabad' });
      expect(stdout).toMatch(/Once the transfer has begun.*\n.*BotUserSession\.agentHandoffMeta\.conversationId/);
    }));

  it('tells its findings on stderr, so that the script can be redirected', () =>
    withFolder(async (folder) => {
      const result = await scriptFor(folder, { City: 'Hyderabad', city: 'Pune', Tags: ['a'] });
      expect(result.code).toBe(1);
      expect(result.stderr).toContain('PRE_CHAT_NAME_TWICE');
      expect(result.stderr).toContain('PRE_CHAT_NOT_A_STRING');
      expect(runInBot(result.stdout).miawMetaInfo?.preChatInfo).toEqual({ City: 'Hyderabad', city: 'Pune' });
    }));

  it('is one document with --json', () =>
    withFolder(async (folder) => {
      const result = await scriptFor(folder, { City: 'Hyderabad' }, ['--json']);
      expect(result.json()).toMatchObject({ schemaVersion: 1, preChat: { City: 'Hyderabad' }, findings: [] });
    }));

  it('says how to give values where the profile has none, by a command that works', () =>
    withFolder(async (folder) => {
      const values = ['--org-id', VALUES.orgId, '--base-url', VALUES.baseUrl, '--developer-name', VALUES.developerName];
      await runCli(['init', '--no-input', '--no-check', '--name', 'acme', ...values], folder);
      const empty = await runCli(['metadata', 'script'], folder);
      expect(empty.code).toBe(2);
      const [, hint = ''] = /sf-handoff (profile set acme pre-chat\.\S+ \w+)/.exec(empty.stderr) ?? [];
      expect((await runCli(hint.split(' '), folder)).code).toBe(0);
      const { stdout } = await runCli(['metadata', 'script'], folder);
      expect(runInBot(stdout).miawMetaInfo?.preChatInfo).toEqual({ City: 'Hyderabad' });
    }));
});
