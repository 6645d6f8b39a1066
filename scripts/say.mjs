#!/usr/bin/env node
// Takes part in the talks of the application that `npm start` runs. Builds nothing, so that it never disturbs what is running:
// what it needs was built when that started.
import { existsSync } from 'node:fs';

const built = new URL('../dist/local/say.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  console.error('Nothing has been built yet: run npm start first.');
  process.exitCode = 1;
}
