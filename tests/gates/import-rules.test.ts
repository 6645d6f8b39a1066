import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const CONFIG = resolve('.dependency-cruiser.cjs');
const CRUISER = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const { forbidden } = require(CONFIG) as { forbidden: { name: string; comment: string }[] };

/** One house in which every rule is broken once: file, and what it imports. */
const BROKEN: Readonly<Record<string, string>> = {
  'functions/a/insides.ts': '../../layers/im/text',
  'functions/a/neighbour.ts': '../b/secret',
  'functions/a/plugin.ts': '../../plugins/health/formatter',
  'functions/a/cloud.ts': '@aws-sdk/client-sns',
  'functions/a/toys.ts': '../../local/start',
  'functions/b/secret.ts': '',
  'plugins/health/formatter.ts': '../words/list',
  'plugins/words/list.ts': '',
  'layers/im/text.ts': 'lodash',
  'layers/im/slack/render.ts': '../teams/render',
  'layers/im/teams/render.ts': '../slack/round',
  'layers/im/slack/round.ts': './render',
  'local/start.ts': '',
  'node_modules/lodash/index.js': '',
  'node_modules/@aws-sdk/client-sns/index.js': '',
  'tsconfig.json': '',
};

function plant(): string {
  const house = mkdtempSync(join(tmpdir(), 'house-'));
  for (const [file, imported] of Object.entries(BROKEN)) {
    const content = imported ? `import * as x from '${imported}';\nexport default x;\n` : 'export {};\n';
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), file.endsWith('.json') ? '{}' : content);
  }
  return house;
}

it('every rule of the house fires when it is broken, and says why in one sentence', () => {
  const options = ['--config', CONFIG, '--output-type', 'json', 'functions', 'layers', 'plugins', 'local'];
  const found = execFileSync(process.execPath, [CRUISER, ...options], { cwd: plant(), encoding: 'utf8' });
  const { summary } = JSON.parse(found) as { summary: { violations: { rule: { name: string } }[] } };
  const fired = new Set(summary.violations.map(({ rule }) => rule.name));
  expect([...fired].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  for (const { comment } of forbidden) expect(comment).toMatch(/^\S.*\.$/);
});
