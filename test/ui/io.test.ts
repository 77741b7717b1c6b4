import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createSecrets } from '../../src/core/redact.ts';
import { createIo, type Io, type IoFlags, type OutputStream, type Streams } from '../../src/ui/io.ts';

interface Buffer extends OutputStream {
  text: string;
}

function buffer(parts: { isTTY?: boolean; columns?: number } = {}): Buffer {
  return {
    ...parts,
    text: '',
    write(text) {
      this.text += text;
      return true;
    },
  };
}

function terminal(parts: { stdin?: boolean; stdout?: boolean; stderr?: boolean; columns?: number } = {}) {
  const { stdin = true, stdout = true, stderr = true, columns = 100 } = parts;
  return {
    stdin: Object.assign(new PassThrough(), { isTTY: stdin }),
    stdout: buffer({ isTTY: stdout, columns }),
    stderr: buffer({ isTTY: stderr }),
  };
}

function pipes() {
  return { stdin: new PassThrough(), stdout: buffer(), stderr: buffer() };
}

function ioOn(
  streams: Streams,
  env: Record<string, string> = {},
  flags: IoFlags = {},
  platform: NodeJS.Platform = 'linux',
) {
  return createIo({ streams, env, secrets: createSecrets(), platform }, flags);
}

/** Prints by `work` and waits until all is out. */
async function printed(streams: Streams, work: (io: Io) => Promise<void>, flags: IoFlags = {}) {
  const io = await ioOn(streams, {}, flags);
  await work(io);
  await io.flush();
}

const RED = '\u001b[31m';

describe('what goes where', () => {
  test('results go to stdout', async () => {
    const streams = pipes();
    await printed(streams, (io) => io.print([['a'], ['b']]));
    expect([streams.stdout.text, streams.stderr.text]).toEqual(['a\nb\n', '']);
  });

  test('notes go to stderr', async () => {
    const streams = pipes();
    await printed(streams, (io) => io.note([['a']]));
    expect([streams.stdout.text, streams.stderr.text]).toEqual(['', 'a\n']);
  });

  test('with --quiet there are no notes', async () => {
    const streams = pipes();
    await printed(streams, (io) => io.note([['a']]), { quiet: true });
    expect(streams.stderr.text).toBe('');
  });

  test('complaints come with --quiet as well', async () => {
    const streams = pipes();
    await printed(streams, (io) => io.complain([['a']]), { quiet: true });
    expect(streams.stderr.text).toBe('a\n');
  });

  test('no lines write nothing', async () => {
    const streams = pipes();
    await printed(streams, (io) => io.print([]));
    expect(streams.stdout.text).toBe('');
  });

  test('a file is printed as it is, line ends and all', async () => {
    const streams = pipes();
    await printed(streams, (io) => io.printText('a\tb\r\n\u001b'));
    expect(streams.stdout.text).toBe('a\tb\r\n\u001b');
  });
});

describe('secrets', () => {
  const secrets = createSecrets();
  secrets.add('opaque-token');
  const write = async (work: (io: Io) => Promise<void>) => {
    const streams = pipes();
    const io = await createIo({ streams, env: {}, secrets, platform: 'linux' });
    await work(io);
    await io.flush();
    return streams.stdout.text + streams.stderr.text;
  };

  test.each<[string, (io: Io) => Promise<void>]>([
    ['lines', (io) => io.print([['opaque-token']])],
    ['notes', (io) => io.note([['opaque-token']])],
    ['complaints', (io) => io.complain([['opaque-token']])],
    ['JSON', (io) => io.printJson({ a: 'opaque-token' }, 'line')],
    ['files', (io) => io.printText('opaque-token')],
  ])('are masked in %s', async (_what, work) => {
    const shown = await write(work);
    expect(shown).toContain('[redacted]');
    expect(shown).not.toContain('opaque');
  });

  test('are masked in lines that others draw', async () => {
    expect((await createIo({ streams: pipes(), env: {}, secrets, platform: 'linux' })).paint(['x opaque-token'])).toBe(
      'x [redacted]',
    );
  });

  test('are masked also where control characters were strewn in', async () => {
    expect(await write((io) => io.print([['opaque\u200e-\u0007token']]))).toBe('[redacted]\n');
  });
});

describe('the reader of the output', () => {
  test('is waited for while it is slow', async () => {
    let finish: () => void = () => undefined;
    const slow: OutputStream = {
      write(_, done) {
        finish = () => done?.();
        return false;
      },
    };
    let written = false;
    const io = await ioOn({ ...pipes(), stdout: slow });
    await io.print([['a']]);
    const printing = io.flush().then(() => {
      written = true;
    });
    await Promise.resolve();
    expect(written).toBe(false);
    finish();
    await printing;
    expect(written).toBe(true);
  });

  test('holds up what is printed after it has fallen behind', async () => {
    const waiting: (() => void)[] = [];
    const slow: OutputStream = { write: (_, done) => waiting.push(() => done?.()) < 0 };
    const io = await ioOn({ ...pipes(), stdout: slow });
    await io.print([['a']]);
    void io.flush();
    let taken = false;
    const next = io.print([['b']]).then(() => {
      taken = true;
    });
    await new Promise(setImmediate);
    expect(taken).toBe(false);
    for (const finish of waiting) finish();
    await next;
    expect(taken).toBe(true);
  });

  test('gets in one write what is printed in one turn', async () => {
    const writes: string[] = [];
    const stdout: OutputStream = { write: (text) => writes.push(text) > 0 };
    const io = await ioOn({ ...pipes(), stdout });
    for (const word of ['a', 'b', 'c']) await io.print([[word]]);
    await new Promise(setImmediate);
    expect(writes).toEqual(['a\nb\nc\n']);
  });

  test('finds the two outputs in the order in which they were written to', async () => {
    const writes: string[] = [];
    const stream = (): OutputStream => ({ write: (text) => writes.push(text) > 0 });
    const io = await ioOn({ ...pipes(), stdout: stream(), stderr: stream() });
    await io.print([['a']]);
    await io.note([['b']]);
    await io.print([['c']]);
    await io.flush();
    expect(writes).toEqual(['a\n', 'b\n', 'c\n']);
  });

  test('is not waited for once it has gone', async () => {
    const gone = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => done(new Error('EPIPE')),
    });
    gone.on('error', () => undefined);
    const io = await ioOn({ ...pipes(), stdout: gone });
    await io.print([['first']]);
    await expect(io.print([['second']])).resolves.toBeUndefined();
  });
});

describe('without Unicode', () => {
  test('our typography is told in ASCII, the words of others are not touched', async () => {
    const streams = pipes();
    const io = await ioOn(streams, { LANG: 'C' });
    await io.print([['“acme” · Setup › Chat → it’s … 客服 é']]);
    await io.flush();
    expect(streams.stdout.text).toBe('"acme" - Setup > Chat -> it\'s ... 客服 é\n');
    expect(io.paint(['a – b'])).toBe('a - b');
  });
});

describe('colour', () => {
  const painted = async (streams: Streams, env: Record<string, string> = {}, flags: IoFlags = {}) =>
    (await ioOn(streams, env, flags)).paint([{ text: 'a', tone: 'fail' }]).startsWith(RED);

  test.each<[string, boolean, boolean, Record<string, string>, IoFlags]>([
    ['a terminal has it', true, true, {}, {}],
    ['a pipe has none', false, false, {}, {}],
    ['--no-color takes it away', false, true, {}, { color: false }],
    ['--json takes it away', false, true, {}, { json: true }],
    ['NO_COLOR takes it away', false, true, { NO_COLOR: '1' }, {}],
    ['an empty NO_COLOR says nothing', true, true, { NO_COLOR: '' }, {}],
    ['a dumb terminal has none', false, true, { TERM: 'dumb' }, {}],
    ['FORCE_COLOR gives it to a pipe', true, false, { FORCE_COLOR: '1' }, {}],
    ['FORCE_COLOR=0 takes it away', false, true, { FORCE_COLOR: '0' }, {}],
    ['FORCE_COLOR=false takes it away', false, true, { FORCE_COLOR: 'false' }, {}],
    ['NO_COLOR is stronger than FORCE_COLOR', false, true, { NO_COLOR: '1', FORCE_COLOR: '1' }, {}],
    ['--no-color is stronger than FORCE_COLOR', false, true, { FORCE_COLOR: '1' }, { color: false }],
  ])('%s', async (_what, expected, onTerminal, env, flags) => {
    expect(await painted(onTerminal ? terminal() : pipes(), env, flags)).toBe(expected);
  });

  test('stdout and stderr decide for themselves', async () => {
    const streams = terminal({ stdout: false });
    const io = await ioOn(streams);
    await io.print([[{ text: 'a', tone: 'fail' }]]);
    await io.note([[{ text: 'a', tone: 'fail' }]]);
    expect([streams.stdout.text, streams.stderr.text.startsWith(RED)]).toEqual(['a\n', true]);
  });
});

describe('who is there', () => {
  test.each<[string, boolean, Parameters<typeof terminal>[0], Record<string, string>, IoFlags]>([
    ['a terminal on both ends is a person', true, {}, {}, {}],
    ['without stdin nobody answers', false, { stdin: false }, {}, {}],
    ['without stdout nobody is asked', false, { stdout: false }, {}, {}],
    ['--no-input asks nobody', false, {}, {}, { input: false }],
    ['CI is nobody', false, {}, { CI: 'true' }, {}],
    ['CI=false says that it is none', true, {}, { CI: 'false' }, {}],
  ])('%s', async (_what, expected, parts, env, flags) => {
    expect((await ioOn(terminal(parts), env, flags)).interactive).toBe(expected);
  });

  test.each<[string, boolean, Parameters<typeof terminal>[0], Record<string, string>, IoFlags]>([
    ['stderr on a terminal may move', true, {}, {}, {}],
    ['a pipe may not', false, { stderr: false }, {}, {}],
    ['nor may CI', false, {}, { CI: '1' }, {}],
    ['nor a dumb terminal', false, {}, { TERM: 'dumb' }, {}],
    ['nor with --quiet', false, {}, {}, { quiet: true }],
  ])('animation: %s', async (_what, expected, parts, env, flags) => {
    expect((await ioOn(terminal(parts), env, flags)).animated).toBe(expected);
  });
});

describe('text of others in GitHub Actions', () => {
  const said = [
    ['::set-output name=ok::true'],
    ['  ', '::error::forged'],
    ['10:00 Mallory  ##[add-mask]a'],
    ['a::b::c'],
  ];

  test('is no command to it, on either stream', async () => {
    const streams = pipes();
    const io = await ioOn(streams, { GITHUB_ACTIONS: 'true' });
    await io.print(said);
    await io.note(said);
    await io.flush();
    expect(streams.stdout.text).toBe(streams.stderr.text);
    expect(streams.stdout.text).toContain('set-output');
    for (const { text } of [streams.stdout, streams.stderr]) expect(text).not.toMatch(/^\s*::|##\[/m);
  });

  test('stays readable', async () => {
    const streams = pipes();
    const io = await ioOn(streams, { GITHUB_ACTIONS: 'true' });
    await io.complain(said);
    await io.flush();
    expect(streams.stderr.text.split('\n').slice(1)).toEqual([
      '  \\::error::forged',
      '10:00 Mallory  #\\#[add-mask]a',
      'a::b::c',
      '',
    ]);
  });

  test('is as it was elsewhere', async () => {
    const streams = pipes();
    await printed(streams, (io) => io.print([['::a::b']]));
    expect(streams.stdout.text).toBe('::a::b\n');
  });
});

describe('the terminal', () => {
  test('its width is what stdout says now', async () => {
    const streams = terminal({ columns: 100 });
    const io = await ioOn(streams);
    Object.assign(streams.stdout, { columns: 60 });
    expect(io.width).toBe(60);
  });

  test('without a terminal COLUMNS counts', async () => {
    expect((await ioOn(pipes(), { COLUMNS: '120' })).width).toBe(120);
  });

  test.each(['', 'wide', '0'])('COLUMNS=“%s” means 80', async (COLUMNS) => {
    expect((await ioOn(pipes(), { COLUMNS })).width).toBe(80);
  });

  test.each<[boolean, Record<string, string>]>([
    [true, {}],
    [true, { LANG: 'en_US.UTF-8' }],
    [true, { LANG: 'de_DE.utf8' }],
    [true, { LC_ALL: '', LANG: 'C.UTF-8' }],
    [true, { LC_ALL: 'C.UTF-8', LANG: 'C' }],
    [false, { LANG: 'C' }],
    [false, { LC_CTYPE: 'POSIX', LANG: 'en_US.UTF-8' }],
    [false, { TERM: 'linux', LANG: 'en_US.UTF-8' }],
  ])('Unicode is %s with %o', async (expected, env) => {
    expect((await ioOn(pipes(), env)).unicode).toBe(expected);
  });

  test.each<[boolean, Record<string, string>]>([
    [false, {}],
    [true, { WT_SESSION: 'a' }],
    [true, { TERM_PROGRAM: 'vscode' }],
    [true, { ConEmuANSI: 'ON' }],
    [true, { TERMINAL_EMULATOR: 'JetBrains-JediTerm' }],
    [true, { LANG: 'en_US.UTF-8' }],
    [true, { CI: 'true' }],
    [false, { LANG: 'C', WT_SESSION: 'a' }],
  ])('on Windows Unicode is %s with %o', async (expected, env) => {
    expect((await ioOn(pipes(), env, {}, 'win32')).unicode).toBe(expected);
  });
});
