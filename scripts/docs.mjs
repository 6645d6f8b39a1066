#!/usr/bin/env node
// Generates every page of docs/ that describes the templates and the code.
import { spawnSync } from 'node:child_process';

const PAGES = ['architecture', 'cards', 'permissions'];

for (const page of PAGES) {
  const { status } = spawnSync(process.execPath, [`scripts/docs/${page}.mjs`], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
