const WINDOWS = process.platform === 'win32';

/** `bash` on Windows may be that of another system inside it, which knows none of our paths. */
export const WITHOUT_BASH = WINDOWS;

/** Outside of Git's own folder Windows has no `sh`. */
export const WITHOUT_SH = WINDOWS;

/** Windows ends a process that is sent a signal, whatever it would have done; only a console can ask it to end. */
export const WITHOUT_SIGNALS = WINDOWS;

/** A file of Windows has no mode; who may read it is inherited from the user's folder. */
export const WITHOUT_MODES = WINDOWS;

/** The pseudo-console of Windows draws the screen anew in its own way, and cannot be hung up. */
export const WITHOUT_PTY = WINDOWS;
