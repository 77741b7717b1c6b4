import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/ui/width.ts';

describe('columnsOf', () => {
  it('finds for every character what the library finds', () => {
    const differing: string[] = [];
    for (let code = 0; code <= 0xffff; code++) {
      const text = String.fromCharCode(code);
      if (columnsOf(text) !== stringWidth(text)) differing.push(code.toString(16));
    }
    expect(differing).toEqual([]);
  });

  it('finds for mixed text what the library finds', () => {
    for (const text of ['', 'plain', '“quoted” … – done → next', '客服 Ada', 'e\u0301t', '👩‍💻 ok', 'a\u001b[31mb'])
      expect(columnsOf(text)).toBe(stringWidth(text));
  });
});
