const WINDOWS = process.platform === 'win32';

/** `bash` on Windows may be that of another system inside it, which knows none of our paths. */
export const WITHOUT_BASH = WINDOWS;

/** Outside of Git's own folder Windows has no `sh`. */
export const WITHOUT_SH = WINDOWS;
