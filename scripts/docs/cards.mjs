#!/usr/bin/env node
// Writes docs/cards.md: how events look on each platform, drawn by the preview; with --print it goes to the screen instead.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const PAGE = 'docs/cards.md';
const CARDS = [
  ['alarm-metric', 'en'],
  ['health-issue-open', 'zh-CN'],
];

/** The picture of each platform, without the line on the message's size. */
function drawn(event, language) {
  const preview = ['dist/local/preview.js', `events/${event}.json`, '--lang', language];
  const text = execFileSync(process.execPath, preview, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  return text.replace(/^events\/.*\n/gm, '').trim();
}

const chapters = CARDS.map(
  ([event, language]) =>
    `## [${event}.json](../events/${event}.json) · ${language}\n\n\`\`\`text\n${drawn(event, language)}\n\`\`\``,
);
const page = `# Cards / 卡片

How an event looks on the five platforms, drawn by \`npm run docs\` through the very code that the Lambda runs; \`npm run preview\` draws any
event. The platforms themselves show colours and buttons.

同一事件在五个平台上的样子，由 \`npm run docs\` 用与 Lambda 相同的代码画出；\`npm run preview\` 可以画任何事件。平台上显示时有颜色和按钮。

${chapters.join('\n\n')}
`;

if (process.argv.includes('--print')) process.stdout.write(page);
else writeFileSync(PAGE, page);
