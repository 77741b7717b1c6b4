import { describe, expect, test } from 'vitest';
import { markdownReport } from '../../src/ui/markdown.ts';
import { CRASHED, documentOf, FAILED, PASSED, SKIPPED, WARNED } from './report-samples.ts';

const rowOf = (check: typeof FAILED) =>
  markdownReport(documentOf([check]))
    .split('\n')
    .find((line) => line.includes('`network.dns`')) ?? '';

test('a whole report', () => {
  expect(markdownReport(documentOf([PASSED, FAILED, SKIPPED, WARNED, CRASHED]))).toMatchInlineSnapshot(`
    "## acme (miaw): not ready

    | Check | Result | What to know |
    | --- | --- | --- |
    | Organization ID \`values.org-id\` | ✅ passed | belongs to the host |
    | Name \`network.dns\` | ❌ failed | acme.example does not resolve → check the name → sf-handoff guide miaw.2 \`NAME_NOT_FOUND\` |
    | TLS \`network.tls\` | ➖ skipped | network.dns failed |
    | Pre-chat \`service.pre-chat\` | ⚠️ warning | Pincode is not in the form \`PRE_CHAT_NOT_IN_FORM\` |
    | Event stream \`stream.open\` | 💥 crashed | sf-handoff made a mistake \`INTERNAL\` |

    sf-handoff 1.2.3, 2026-01-05T09:00:00.000Z
    "
  `);
});

test('a run that is ready says so', () => {
  expect(markdownReport(documentOf([PASSED], { ok: true }))).toMatch(/^## acme \(miaw\): ready\n/);
});

describe('what is pasted into a ticket', () => {
  test.each([
    ['00D8Z000001kQ7P', '00D…Q7P'],
    ['00D8Z000001kQ7PUAU', '00D…Q7P'],
    ['5728Z000000Xv2K', '572…v2K'],
    ['5738Z000000Rt9M', '573…t9M'],
  ])('names the id %s no further than %s', (id, short) => {
    expect(rowOf({ ...FAILED, message: `the org ${id} is another` })).toContain(`the org ${short} is another`);
  });

  test('names a conversation by its beginning', () => {
    expect(rowOf({ ...FAILED, message: 'chat 7c1f0e52-1111-4222-8333-444455556666' })).toContain('chat 7c1f0e52…');
  });

  test('has one line for each check, whatever the text', () => {
    expect(rowOf({ ...FAILED, message: 'a\nb\r\nc\u2028d' })).toContain('a b c d');
  });

  test.each([
    ['a cell', 'a | b', 'a \\| b'],
    ['HTML', '<img src=x>', '\\<img src=x\\>'],
    ['a link', '[x](y)', '\\[x\\](y)'],
    ['code', '`x`', '\\`x\\`'],
    ['stress', '*a* _b_', '\\*a\\* \\_b\\_'],
    ['an escape', 'a\\|b', 'a\\\\\\|b'],
  ])('cannot be broken by %s', (_what, text, shown) => {
    expect(rowOf({ ...FAILED, message: text })).toContain(shown);
  });

  test('carries no terminal sequences', () => {
    expect(rowOf({ ...FAILED, message: '\u001b[31mred\u202e' })).toContain('red');
  });
});
