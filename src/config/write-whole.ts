import { writeFileSync } from 'atomically';
import { HandoffError } from '../core/errors.ts';

/**
 * Writes JSON so that an interruption leaves the old file or the new one, behind a link too. Without a mode the file keeps the one
 * it has. Throws FILE_UNWRITABLE.
 */
export function writeWhole(path: string, content: unknown, mode?: number): void {
  try {
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`, mode === undefined ? {} : { mode });
  } catch (error) {
    throw new HandoffError('FILE_UNWRITABLE', { message: `${path} could not be written`, cause: error });
  }
}
