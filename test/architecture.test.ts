import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

interface Import {
  readonly from: string;
  readonly target: string;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
);
const sources = new Map(files.map((file) => [file.replaceAll('\\', '/'), readFileSync(join(SRC, file), 'utf8')]));

const imports: Import[] = [...sources].flatMap(([file, text]) => {
  const found = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|import\('([^']+)'\)|^import\s+'([^']+)'/gm,
  );
  return [...found].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    const target = specifier.startsWith('.')
      ? relative(SRC, resolve(SRC, dirname(file), specifier)).replaceAll('\\', '/')
      : specifier;
    return { from: file, target, dynamic: match[3] !== undefined, typeOnly: match[1] !== undefined };
  });
});

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.ts$/, '');
}

/** Which rooms a room may import from; rooms that are not listed are the top of the house. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: [],
  http: ['core'],
  values: ['core'],
  guide: ['core'],
  ui: ['core'],
  chat: ['core'],
  config: ['values', 'core'],
  state: ['core'],
  transport: ['http', 'protocol', 'core'],
  simulator: ['protocol', 'core'],
  doctor: ['http', 'transport', 'protocol', 'config', 'values', 'guide', 'core'],
  commands: [
    'config',
    'state',
    'values',
    'guide',
    'doctor',
    'transport',
    'ui',
    'chat',
    'simulator',
    'core',
    'context',
    'command-specs',
    'option-groups',
  ],
  context: ['http', 'ui', 'config', 'state', 'core'],
};

/** Which files may import a package; a folder stands for all in it. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  chalk: ['ui/style.ts'],
  commander: ['program.ts'],
  ora: ['ui/progress.ts'],
  '@inquirer/prompts': ['ui/prompter.ts'],
  'eventsource-parser': ['http/sse.ts'],
  atomically: ['config/write-whole.ts'],
  'env-paths': ['config/profiles.ts'],
  'fast-wrap-ansi': ['ui/wrap.ts'],
  'fast-string-width': ['ui/width.ts'],
};

const packageOf = (target: string) =>
  target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? '');
const isOurs = (target: string) => sources.has(target);

describe('the house', () => {
  it('lets each room import only from the rooms below it', () => {
    const broken = imports.filter(({ from, target }) => {
      const allowed = ALLOWED[roomOf(from)];
      if (!allowed || !isOurs(target)) return false;
      return roomOf(target) !== roomOf(from) && !allowed.includes(roomOf(target));
    });
    expect(broken.map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
  });

  it('keeps core and protocol free of packages', () => {
    const broken = imports.filter(({ from, target }) => {
      if (isOurs(target) || target.startsWith('node:'))
        return roomOf(from) === 'protocol' && target.startsWith('node:');
      return ['core', 'protocol'].includes(roomOf(from));
    });
    expect(broken.map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
  });

  it('has one owner for each package', () => {
    const broken = imports.filter(({ from, target }) => {
      if (isOurs(target) || target.startsWith('node:') || target.endsWith('package.json')) return false;
      return !(OWNERS[packageOf(target)] ?? []).includes(from);
    });
    expect(broken.map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
  });

  it('has no import that leads nowhere', () => {
    const broken = imports.filter(
      ({ target }) => target.endsWith('.ts') && !isOurs(target) && !target.endsWith('.d.ts'),
    );
    expect(broken.map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
  });

  it('reaches nothing heavy from the entry by static imports', () => {
    const reached = new Set<string>();
    const walk = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { from, target, dynamic, typeOnly } of imports)
        if (from === file && !dynamic && !typeOnly) walk(target);
    };
    walk('main.ts');
    const heavy = [...reached].filter((file) => /^(ora|@inquirer|atomically|env-paths)|^simulator\//.test(file));
    expect(heavy).toEqual([]);
    walk('program.ts');
    const lazy = [...reached].filter((file) =>
      /^(ora|@inquirer|atomically|env-paths)|^(simulator|commands)\//.test(file),
    );
    expect(lazy).toEqual([]);
  });
});

/** Ambient powers and the only files that may reach for them. */
const POWERS: readonly (readonly [name: string, pattern: RegExp, owners: readonly string[]])[] = [
  ['console', /\bconsole\.(log|error|warn|info|debug|table|dir)\b/, []],
  ['Date.now', /\bDate\.now\b/, ['core/clock.ts']],
  ['timers', /\bset(Timeout|Interval|Immediate)\(/, ['core/clock.ts']],
  ['Math.random', /\bMath\.random\b/, []],
  ['randomUUID', /\brandomUUID\b/, ['core/clock.ts']],
  ['global fetch', /(?<![.\w])fetch\(/, []],
  ['process.exit', /\bprocess\.exit\b/, ['main.ts']],
  ['process.env', /\bprocess\.env\b/, ['main.ts']],
  ['process.cwd', /\bprocess\.cwd\b/, ['main.ts']],
  ['signals', /\bprocess\.(on|once)\(/, ['main.ts']],
];

describe('ambient powers', () => {
  it.each(POWERS)('%s is reached for by its owner only', (_name, pattern, owners) => {
    const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
    const users = [...sources]
      .filter(([file, text]) => !owners.includes(file) && pattern.test(code(text)))
      .map(([file]) => file);
    expect(users).toEqual([]);
  });
});

describe('the limits of taste', () => {
  it('keeps every source file within 250 lines', () => {
    const long = [...sources].filter(([, text]) => text.split('\n').length > 251).map(([file]) => file);
    expect(long).toEqual([]);
  });
});
