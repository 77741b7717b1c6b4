/** Where a link breaks, seen from one frame of a stream or one batch of a poll; or what it does with it. */
export type EventFault =
  | (typeof CUTS)[number]
  | 'swapped'
  /** Late by a while, or silent for a while and then broken. */
  | 'slow'
  | 'stall';

/** What may befall an event and leaves the order of all of them as it is. */
export const CUTS = ['before', 'after', 'mid-frame', 'mid-character', 'mid-batch', 'twice'] as const;

const GOES_ON: readonly (EventFault | undefined)[] = [undefined, 'twice', 'swapped', 'slow'];

const FRAME_END = '\n\n';
const BETWEEN_ENTRIES = '},{"type"';

/** The content before and after the cut. */
export function halves(content: Buffer, fault: 'mid-frame' | 'mid-character' | 'mid-batch'): readonly [Buffer, Buffer] {
  const middle = Math.floor(content.length / 2);
  const wide = content.findIndex((byte) => byte > 0x7f);
  const between = content.indexOf(BETWEEN_ENTRIES);
  const inside = fault === 'mid-character' && wide >= 0 ? wide + 1 : undefined;
  const at = inside ?? (fault === 'mid-batch' && between >= 0 ? between + 2 : middle);
  return [content.subarray(0, at), content.subarray(at)];
}

/** The frames of an event stream one by one, with what the plan does to them; `hold` makes a pause, `cut` ends it. Pings pass untouched. */
export async function* cutFrames(
  chunks: AsyncIterable<Buffer>,
  plan: (text: string) => EventFault | undefined,
): AsyncGenerator<Buffer | 'hold' | 'cut', void, void> {
  let held: Buffer | undefined;
  for await (const frame of framesOf(chunks)) {
    const text = frame.toString();
    const fault = text.includes('event: ping') ? undefined : plan(text);
    if (fault === 'slow' || fault === 'stall') yield 'hold';
    yield* piecesOf(frame, fault, held);
    held = fault === 'swapped' ? frame : undefined;
    if (!GOES_ON.includes(fault)) return void (yield 'cut');
  }
}

function* piecesOf(frame: Buffer, fault: EventFault | undefined, held: Buffer | undefined): Generator<Buffer> {
  if (fault === 'mid-frame' || fault === 'mid-character' || fault === 'mid-batch') yield halves(frame, fault)[0];
  if (fault === undefined || fault === 'after' || fault === 'twice' || fault === 'slow') yield frame;
  if (held && fault !== 'before' && fault !== 'stall') yield held;
  if (fault === 'twice') yield frame;
}

async function* framesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(FRAME_END); end >= 0; end = rest.indexOf(FRAME_END)) {
      yield rest.subarray(0, end + FRAME_END.length);
      rest = rest.subarray(end + FRAME_END.length);
    }
  }
}
