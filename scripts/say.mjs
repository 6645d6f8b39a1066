#!/usr/bin/env node
// Writes to the case bot of the application that `npm start` runs. It builds nothing, so it never disturbs the running application.
import { existsSync } from 'node:fs';

const built = new URL('../dist/local/say.js', import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  console.error('Nothing has been built yet: run npm start first.');
  process.exitCode = 1;
}
