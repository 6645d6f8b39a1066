#!/usr/bin/env node
// Writes docs/architecture.md from the template and the code; with --print it goes to the screen instead.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { alarmTable } from './architecture/alarms.mjs';
import { edgesOf } from './architecture/edges.mjs';
import { flowchart } from './architecture/picture.mjs';
import { readResources } from './architecture/resources.mjs';
import { roomPicture } from './architecture/rooms.mjs';

const PAGE = 'docs/architecture.md';
const TRACE = 'dist/local/trace.js';

if (!existsSync(TRACE)) throw new Error(`${TRACE} is missing: run npm run build.`);
const { alert, filing } = JSON.parse(execFileSync(process.execPath, [TRACE], { encoding: 'utf8' }));

const resources = readResources('template.yaml');
const edges = edgesOf(resources);
const isCaseBot = (id) => resources.find((one) => one.id === id)?.condition === 'HasCaseBot';
const ofCaseBot = edges.filter(({ from, to }) => isCaseBot(from) || isCaseBot(to));
const isOfAlarms = ({ from }) => from === 'AlarmTopic';
const ofNotifier = edges.filter((edge) => !ofCaseBot.includes(edge) && !isOfAlarms(edge));
const kept = resources.filter((one) => one.kept).map(({ id }) => `\`${id}\``);

const page = `# Architecture

Who calls whom, drawn by \`npm run docs\` from \`template.yaml\` and the code, never by hand; a test fails while this page says anything else.
Solid arrows are the way of every event, dotted ones that of some. A name on an arrow is that of the permission with which a function calls.

本页的图由 \`npm run docs\` 根据 \`template.yaml\` 和代码生成，不是手绘；内容与模板不一致时测试会失败。实线是每个事件都走的路，虚线是部分情况才走的路，
箭头上的文字是函数调用时所用权限的名称。

## Alerts in / 告警进来

${flowchart(resources, ofNotifier)}

What no template knows: from the outbox the notifier tells the chats, at their webhooks.

## Cases out / 工单出去

All of it is there only where a bot is configured (condition \`HasCaseBot\`).

${flowchart(resources, ofCaseBot)}

What no template knows: the chat platforms call the API, and the worker calls theirs.

## One alert, one case / 一条告警，一个工单

What the emulators have seen of the real functions on their way; what is read or written again and again is one arrow, and what a cold start
does besides is left out. Everything is written down before the next step, so that whoever goes on after a crash knows how far it has got.

${alert}

Somebody presses _Submit_ in Feishu: the case is filed, and gets a group of its own.

${filing}

## Alarms / 告警

Each tells \`AlarmEmail\` and \`AlarmTopicArn\`, where they are given, and, as an event of this account, the chats that work.

${alarmTable(resources)}

## What is kept when the stack is deleted / 删除堆栈后保留的资源

${kept.join(', ')}

## Rooms / 代码的房间

Which room imports which; what is not drawn is forbidden by \`.dependency-cruiser.cjs\` or does not happen.

${await roomPicture()}
`;

if (process.argv.includes('--print')) process.stdout.write(page);
else writeFileSync(PAGE, page);
