#!/usr/bin/env node
// CommonJS, because Node starts it some milliseconds sooner than an ES module; the version is asked for so often that
// nothing else is loaded for it.
const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  // A full disk, or nobody who reads: no reason for a stack.
  process.stdout.once('error', ({ message }) => {
    process.stderr.write(`✖ The version could not be written: ${message}\n`);
    process.exitCode = 2;
  });
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  try {
    // Node 22 and later keep what they have compiled: 1 ms of --help, 4 ms of validate, 2 ms of doctor at the next start
    // (measured on 22). NODE_DISABLE_COMPILE_CACHE=1 turns it off. In a folder of our own: the usual one stands in the folder of
    // temporary files, where on a shared Linux machine others may have put code for us.
    const { HOME, XDG_CACHE_HOME } = process.env;
    const caches = XDG_CACHE_HOME || (HOME && `${HOME}/.cache`);
    require('node:module').enableCompileCache?.(caches ? `${caches}/sf-handoff` : undefined);
  } catch {
    // A cache is never needed.
  }
  require('../dist/main.cjs')
    .main(args)
    .then((code) => {
      process.exitCode = code;
    });
}
