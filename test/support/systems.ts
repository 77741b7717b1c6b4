const WINDOWS = process.platform === 'win32';

/** `bash` on Windows may be that of another system inside it, which knows none of our paths. */
export const WITHOUT_BASH = WINDOWS;
