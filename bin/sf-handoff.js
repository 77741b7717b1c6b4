#!/usr/bin/env node
import { main } from '../dist/main.cjs';

process.exitCode = await main(process.argv.slice(2));
