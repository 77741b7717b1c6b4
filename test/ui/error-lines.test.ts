import { expect, test } from 'vitest';
import { HandoffError } from '../../src/core/errors.ts';
import { errorLines } from '../../src/ui/error-lines.ts';
import { plainLine } from '../../src/ui/plain.ts';

function linesOf(thrown: unknown, io = { unicode: true, verbose: false }): string[] {
  return errorLines(thrown, io).map(plainLine);
}

test('an error says what happened, what to do, where to read on, and its code', () => {
  const error = new HandoffError('NAME_NOT_FOUND', {
    message: 'acme.example does not resolve',
    hint: 'check the name',
  });
  expect(linesOf(error)).toEqual([
    '✖ acme.example does not resolve',
    '  → check the name',
    '  → sf-handoff guide miaw.2',
    '  NAME_NOT_FOUND',
  ]);
});

test('an error without a step has no line for it', () => {
  const error = new HandoffError('SERVICE_ERROR', { message: 'late', hint: 'again' });
  expect(linesOf(error)).toEqual(['✖ late', '  → again', '  SERVICE_ERROR']);
});

test('without Unicode the symbols are ASCII', () => {
  const error = new HandoffError('SERVICE_ERROR', { message: 'late', hint: 'again' });
  expect(linesOf(error, { unicode: false, verbose: false })).toEqual(['x late', '  -> again', '  SERVICE_ERROR']);
});

test('there is no stack unless asked for', () => {
  expect(linesOf(new Error('boom')).join('\n')).not.toMatch(/\n\s+at /);
});

test('with --verbose the stack follows, and that of every cause', () => {
  const error = new HandoffError('TIMED_OUT', { cause: new Error('below', { cause: new Error('at the bottom') }) });
  const text = linesOf(error, { unicode: true, verbose: true }).join('\n');
  expect(text).toMatch(/HandoffError: [\s\S]*caused by Error: below[\s\S]*caused by Error: at the bottom/);
});

test('causes that go round in a circle come to an end', () => {
  const error = new Error('round');
  error.cause = error;
  expect(linesOf(error, { unicode: true, verbose: true }).filter((line) => /caused by/.test(line)).length).toBeLessThan(
    9,
  );
});

test('anything that was thrown is an error', () => {
  expect(linesOf('oops')[0]).toBe('✖ sf-handoff made a mistake: oops');
});

test('hostile text in a message stays on its line', () => {
  const error = new HandoffError('TIMED_OUT', { message: 'a\u001b[2Jb\r\nc', hint: 'again' });
  expect(linesOf(error)[0]).toBe('✖ ab c');
});
