#!/usr/bin/env node
// CommonJS, because Node starts it some milliseconds sooner than an ES module; the version is asked for so often that
// nothing else is loaded for it.
const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  require('../dist/main.cjs')
    .main(args)
    .then((code) => {
      process.exitCode = code;
    });
}
