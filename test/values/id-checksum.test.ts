import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { idChecksum, restoreCase } from '../../src/values/id-checksum.ts';
import { anyId15 } from './arbitraries.ts';

const PAIRS = [
  ['a01M00000062mPg', 'IAI'],
  ['001M000000qfPyS', 'IAU'],
  ['a0FE000000D6r3F', 'MAR'],
  ['0F9E000000092w2', 'KAA'],
  ['aBcDEfgHIJKLMNO', '025'],
  ['5731I000000PL9G', 'QAW'],
  ['00D000000000001', 'EAA'],
  ['00D8Z000001kQ7P', 'UAU'],
  ['5728Z000000Xv2K', 'QAS'],
  ['5738Z000000Rt9M', 'QAS'],
  ['0058Z000004Hn3T', 'QAS'],
  ['04I8Z000000Gq5B', 'UAS'],
  ['0GO8Z0000008Lk2', 'WAE'],
  ['5708Z00000Bm4Yc', 'QAJ'],
] as const;

describe('idChecksum', () => {
  it.each(PAIRS)('gives %s the suffix %s', (id, suffix) => {
    expect(idChecksum(id)).toBe(suffix);
  });

  test('is three characters of A–Z and 0–5 for any ID', () => {
    fc.assert(fc.property(anyId15, (id) => /^[A-Z0-5]{3}$/.test(idChecksum(id))));
  });
});

describe('restoreCase', () => {
  it.each(PAIRS)('brings %s back from small letters and its suffix %s', (id, suffix) => {
    expect(restoreCase(`${id}${suffix}`.toLowerCase())).toBe(id);
  });

  test('brings any ID back from capitals or small letters alone', () => {
    fc.assert(
      fc.property(anyId15, fc.boolean(), (id, upper) => {
        const full = `${id}${idChecksum(id)}`;
        expect(restoreCase(upper ? full.toUpperCase() : full.toLowerCase())).toBe(id);
      }),
    );
  });

  test('refuses a suffix that makes a capital of a digit', () => {
    expect(restoreCase('000000000000000BAA')).toBeNull();
  });

  test('refuses a suffix with a character that no suffix has', () => {
    expect(restoreCase('00d8z000001kq7pua9')).toBeNull();
  });
});
