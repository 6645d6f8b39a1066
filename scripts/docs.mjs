#!/usr/bin/env node
// Writes every page of docs/ that says what the templates and the code say: never by hand.
import { spawnSync } from 'node:child_process';

const PAGES = ['architecture', 'cards', 'permissions'];

for (const page of PAGES) {
  const { status } = spawnSync(process.execPath, [`scripts/docs/${page}.mjs`], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
