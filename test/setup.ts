import { afterEach } from 'vitest';

afterEach(() => {
  process.exitCode = undefined;
});
