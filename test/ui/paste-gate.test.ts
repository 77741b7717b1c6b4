import { describe, expect, it } from 'vitest';
import { createSorter } from '../../src/ui/paste-gate.ts';
import { manualClock } from '../support/manual-clock.ts';

const START = '\u001b[200~';
const END = '\u001b[201~';

function sorting(typed: boolean) {
  const clock = manualClock();
  const seen = { typed: '', pasted: [] as string[], ended: 0 };
  const sorter = createSorter(
    {
      typed,
      clock,
      signal: new AbortController().signal,
      onPaste: (text) => seen.pasted.push(text),
      onEnd: () => {
        seen.ended += 1;
      },
    },
    (text) => {
      seen.typed += text;
    },
  );
  return { clock, seen, sorter };
}

describe('the keyboard of a question', () => {
  it('hands on what is typed, key by key and in one piece with Enter', () => {
    const { sorter, seen } = sorting(true);
    for (const key of ['a', 'b', '\u007f', '\r', 'whole answer\r', '\u001b[A']) sorter.take(key);
    expect(seen).toEqual({ typed: 'ab\u007f\rwhole answer\r\u001b[A', pasted: [], ended: 0 });
  });

  it('takes a marked paste out, however it is cut into pieces', () => {
    const text = `x${START}{\r\n  "a": 1\r}${END}y`;
    for (let cut = 'x\u001b[2'.length; cut < text.length; cut += 1) {
      const { sorter, seen } = sorting(true);
      sorter.take(text.slice(0, cut));
      sorter.take(text.slice(cut));
      expect(seen, `cut at ${cut}`).toEqual({ typed: 'xy', pasted: ['{\n  "a": 1\n}'], ended: 0 });
    }
  });

  it('types a marked paste of one line, without its line break, into a question that is typed', () => {
    const { sorter, seen } = sorting(true);
    sorter.take(`${START}00D8Z000001kQ7P\r${END}`);
    expect(seen).toMatchObject({ typed: '00D8Z000001kQ7P', pasted: [] });
  });

  it('hands over a paste of one line where one chooses', () => {
    const { sorter, seen } = sorting(false);
    sorter.take(`${START}00D8Z000001kQ7P${END}`);
    expect(seen).toMatchObject({ typed: '', pasted: ['00D8Z000001kQ7P'] });
  });

  it('knows an unmarked paste by its line breaks, and waits until nothing more comes', async () => {
    const { sorter, seen, clock } = sorting(true);
    sorter.take('liveagent.init(\r  "a"');
    sorter.take(',\r  "b");\r');
    expect(seen.pasted).toEqual([]);
    clock.advance(200);
    await Promise.resolve();
    await Promise.resolve();
    expect(seen).toEqual({ typed: '', pasted: ['liveagent.init(\n  "a",\n  "b");\n'], ended: 0 });
  });

  it('knows an unmarked paste of one line where one chooses', async () => {
    const { sorter, seen, clock } = sorting(false);
    sorter.take('00D8Z000001kQ7P');
    clock.advance(200);
    await Promise.resolve();
    await Promise.resolve();
    expect(seen.pasted).toEqual(['00D8Z000001kQ7P']);
  });

  it('says nothing more once the question is over', async () => {
    const { sorter, seen, clock } = sorting(true);
    sorter.take('one\rtwo');
    sorter.close();
    sorter.take('three');
    clock.advance(200);
    await Promise.resolve();
    await Promise.resolve();
    expect(seen).toEqual({ typed: '', pasted: [], ended: 0 });
  });

  it.each(['\u0003', '\r\u0003', '\u0004'])('takes %j for the end', (keys) => {
    const { sorter, seen } = sorting(true);
    sorter.take(keys);
    expect(seen).toEqual({ typed: '', pasted: [], ended: 1 });
  });
});
