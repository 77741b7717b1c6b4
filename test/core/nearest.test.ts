import { expect, test } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';

const COMMANDS = ['init', 'validate', 'doctor', 'test-chat', 'simulate'];

test.each([
  ['docter', 'doctor'],
  ['inti', 'init'],
  ['tets-chat', 'test-chat'],
  ['simulat', 'simulate'],
  ['validation', 'validate'],
])('“%s” is taken for a slip of “%s”', (word, meant) => {
  expect(nearest(word, COMMANDS)).toBe(meant);
});

test('a word that is right is its own nearest', () => {
  expect(nearest('doctor', COMMANDS)).toBe('doctor');
});

test('the closest of several wins', () => {
  expect(nearest('acme-prd', ['acme-dev', 'acme-prod', 'acme-test'])).toBe('acme-prod');
});

test('a word that resembles nothing has no nearest', () => {
  expect(nearest('frobnicate', COMMANDS)).toBeUndefined();
});

test('a short word of which nothing is left is no slip', () => {
  expect(nearest('x', ['qa'])).toBeUndefined();
});

test('two letters may hold one slip', () => {
  expect(nearest('qx', ['qa'])).toBe('qa');
});

test('nothing is near an empty word', () => {
  expect(nearest('', ['qa'])).toBeUndefined();
});

test('among no candidates there is no nearest', () => {
  expect(nearest('doctor', [])).toBeUndefined();
});

test('the candidates keep their order', () => {
  const candidates = ['b', 'a'];
  nearest('a', candidates);
  expect(candidates).toEqual(['b', 'a']);
});
