import { setFlagsFromString } from 'node:v8';
import type { Env } from './proxies.ts';

/** Set to anything, it leaves V8 as it is. */
export const OPT_OUT = 'SF_HANDOFF_NO_LIFTOFF';

/**
 * Node 20 holds back its exit by some 70 ms after a request, until V8 has optimised the WebAssembly of undici's parser.
 * Without the optimising compiler there is nothing to wait for. Only counts before undici is loaded.
 */
export function skipWasmOptimising(
  env: Env,
  nodeVersion: string = process.versions.node,
  setFlag: (flag: string) => void = setFlagsFromString,
): void {
  if (nodeVersion.startsWith('20.') && !env[OPT_OUT]) setFlag('--liftoff-only');
}
