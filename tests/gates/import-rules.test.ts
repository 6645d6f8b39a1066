import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const CONFIG = resolve('.dependency-cruiser.cjs');
const CRUISER = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const { forbidden } = require(CONFIG) as { forbidden: { name: string; comment: string }[] };

/** For each rule a file, and an import of it that breaks the rule. */
const BROKEN: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  'layers-by-their-entries': ['functions/a/entry.ts', '../../layers/im/text'],
  'notifier-loads-webhooks-only': ['functions/notifier/handler.ts', '../../layers/im/bots'],
  'functions-are-separate': ['functions/a/neighbor.ts', '../b/private'],
  'functions-know-no-plugin': ['functions/a/plugin.ts', '../../plugins/health/formatter'],
  'aws-sdk-in-adapters': ['functions/a/flow.ts', '@aws-sdk/client-sns'],
  'nothing-needs-local': ['functions/a/local.ts', '../../local/start'],
  'shared-loads-no-chat-layer': ['functions/shared/log.ts', '../../layers/im/bots'],
  'ai-layer-is-lazy': ['functions/a/model.ts', '../../layers/ai/index'],
  'ai-layer-is-separate': ['layers/ai/verify.ts', 'lodash'],
  'plugins-stand-alone': ['plugins/health/formatter.ts', '../words/list'],
  'chat-layer-is-small': ['layers/im/text.ts', 'lodash'],
  'platforms-are-separate': ['layers/im/teams/webhook.ts', '../wecom/webhook'],
  'no-circles': ['layers/im/slack/render.ts', './webhook'],
};
const TARGETS: Readonly<Record<string, string>> = {
  'functions/b/private.ts': 'export default 1;',
  'plugins/words/list.ts': 'export default 1;',
  'layers/im/bots.ts': 'export default 1;',
  'layers/ai/index.ts': 'export default 1;',
  'layers/im/wecom/webhook.ts': 'export default 1;',
  'layers/im/slack/webhook.ts': "import x from './render';\nexport default x;",
  'local/start.ts': 'export default 1;',
  'node_modules/lodash/index.js': 'module.exports = 1;',
  'node_modules/@aws-sdk/client-sns/index.js': 'module.exports = 1;',
  'tsconfig.json': '{}',
};

/** The rule about lazy loading concerns `require` only. */
const importing = (rule: string, imported: string): string =>
  rule === 'ai-layer-is-lazy'
    ? `export default require('${imported}');`
    : `import x from '${imported}';\nexport default x;`;

function plantBrokenTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'tree-'));
  const broken = Object.entries(BROKEN).map(([rule, [file, imported]]) => [file, importing(rule, imported)] as const);
  for (const [file, content] of [...Object.entries(TARGETS), ...broken]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `${content}\n`);
  }
  return root;
}

interface Violation {
  from: string;
  rule: { name: string };
}

it('every import rule fires on the file that breaks it, and says why in one sentence', () => {
  const options = ['--config', CONFIG, '--output-type', 'json', 'functions', 'layers', 'plugins', 'local'];
  const found = execFileSync(process.execPath, [CRUISER, ...options], { cwd: plantBrokenTree(), encoding: 'utf8' });
  const { violations } = (JSON.parse(found) as { summary: { violations: Violation[] } }).summary;
  const fired = new Set(violations.map(({ rule, from }) => `${rule.name}: ${from}`));
  for (const { name, comment } of forbidden) {
    expect([...fired]).toContain(`${name}: ${BROKEN[name]?.[0]}`);
    expect(comment).toMatch(/^\S.*\.$/);
  }
});
