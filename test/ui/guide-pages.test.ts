import { describe, expect, test } from 'vitest';
import { type GuidePage, guideLines } from '../../src/ui/guide-pages.ts';
import { plainLine } from '../../src/ui/plain.ts';
import { columnsOf } from '../../src/ui/wrap.ts';

const PAGE: GuidePage = {
  id: 'miaw.1',
  title: 'Make a deployment',
  where: 'Setup › Deployments',
  do: ['Click New.', 'Choose Custom Client.'],
};
const OTHER: GuidePage = { ...PAGE, id: 'metadata.10', title: 'Publish' };

function pagesOf(pages: readonly GuidePage[], options: Partial<Parameters<typeof guideLines>[1]> = {}): string[] {
  return guideLines(pages, { width: 80, unicode: true, overview: false, ...options }).map(plainLine);
}

describe('a page', () => {
  test('says where to go and what to do, step by step', () => {
    expect(pagesOf([PAGE])).toEqual([
      'miaw.1  Make a deployment',
      '  Setup › Deployments',
      '',
      '   1. Click New.',
      '   2. Choose Custom Client.',
    ]);
  });

  test('lists values and notes where there are any', () => {
    expect(pagesOf([{ ...PAGE, values: ['the name'], notes: ['Capitals matter.'] }]).slice(5)).toEqual([
      '',
      '  Values',
      '  • the name',
      '',
      '  Mind',
      '  • Capitals matter.',
    ]);
  });

  test('has no heading for an empty list', () => {
    expect(pagesOf([{ ...PAGE, notes: [] }])).toHaveLength(5);
  });

  test('keeps its numbers in line beyond nine', () => {
    const page = { ...PAGE, do: Array.from({ length: 10 }, (_, index) => `Do ${index + 1}.`) };
    expect(pagesOf([page]).slice(-2)).toEqual(['   9. Do 9.', '  10. Do 10.']);
  });

  test('indents what is broken off under its text', () => {
    const page = { ...PAGE, do: ['Click the button that is called New.'] };
    expect(pagesOf([page], { width: 30 }).slice(3)).toEqual(['   1. Click the button that is', '      called New.']);
  });

  test('is parted from the next by an empty line', () => {
    expect(pagesOf([PAGE, OTHER])[5]).toBe('');
  });

  test('without Unicode has neither arrow nor bullet', () => {
    const text = pagesOf([{ ...PAGE, notes: ['Mind this.'] }], { unicode: false }).join('\n');
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test.each([30, 60])('fits into %d columns', (width) => {
    const page = { ...PAGE, do: ['word '.repeat(60)], notes: ['word '.repeat(60)], values: ['x'.repeat(200)] };
    expect(Math.max(...pagesOf([page], { width }).map(columnsOf))).toBeLessThanOrEqual(width);
  });
});

describe('the overview', () => {
  test('aligns the titles and says how to read on', () => {
    expect(pagesOf([PAGE, OTHER], { overview: true })).toEqual([
      '  miaw.1        Make a deployment',
      '  metadata.10   Publish',
      '',
      expect.stringContaining('sf-handoff guide '),
    ]);
  });
});
