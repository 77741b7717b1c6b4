#!/usr/bin/env node
// CommonJS, because Node starts it some milliseconds sooner than an ES module; the version is asked for so often that
// nothing else is loaded for it.
const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  try {
    // Node 22 and later keep what they have compiled: 1 ms of --help, 4 ms of validate, 2 ms of doctor at the next start
    // (measured on 22). NODE_DISABLE_COMPILE_CACHE=1 turns it off.
    require('node:module').enableCompileCache?.();
  } catch {
    // A cache is never needed.
  }
  require('../dist/main.cjs')
    .main(args)
    .then((code) => {
      process.exitCode = code;
    });
}
