import { readFileSync } from 'node:fs';
import { type Application, startApplication } from '../application';
import { drawMessage } from '../chat/ui/terminal';
import type { Workspace } from '../chat/workspace';
import { createClock, MODEL_CLOCK_RATE } from '../clock';
import { drawPosts, type Output, WIDTH, waitForReply } from './context';

/** Feishu: it has forms, and cards with enough room for a summary. */
const PLATFORM = 'feishu';
const EVENT = 'events/health-lifecycle.json';
/** Real time. */
const EVENT_TIMEOUT_MS = 5_000;
const REPLY_TIMEOUT_MS = 15_000;
/** As a small model answered the built-in prompt. */
const SUMMARY =
  'RDS for PostgreSQL 13 的标准支持将于 2027年2月28日 结束，届时仍在运行的实例会自动进入 Extended Support 并开始收费。受影响的是账号 111122223333 在 us-east-1 的 orders-primary 等 2 个资源，请在此之前升级到 PostgreSQL 16 或更高版本。';

/**
 * An English notice in a Chinese chat: without a model, with one, and with one that invents a version. Each in its own
 * application, because a stack has a model or not.
 * @returns the failures
 */
export async function runSummaryScenario({ print, isBrief }: Output): Promise<string[]> {
  const failures: string[] = [];
  const run = async (title: string, answer: string | undefined, isExpected: boolean) => {
    print(`▶ ${EVENT} ${title}`);
    const hasSummary = await withApplication({ EnableLLM: answer ? 'true' : 'false' }, (application) =>
      sendNotice(application, answer, isBrief ? () => undefined : print),
    );
    print(hasSummary ? '  a summary above the original' : '  the original alone');
    if (hasSummary !== isExpected) failures.push(`${title}: the summary was ${hasSummary ? '' : 'not '}shown`);
  };
  await run('without a model', undefined, false);
  await run('with a model', SUMMARY, true);
  await run('with a model that invents a version', SUMMARY.replace('16 或', '17 或'), false);
  return failures;
}

async function withApplication<T>(
  parameters: Readonly<Record<string, string>>,
  run: (application: Application) => Promise<T>,
): Promise<T> {
  const clock = createClock({ rate: MODEL_CLOCK_RATE });
  const application = await startApplication({ port: 0, parameters, clock, log: () => undefined });
  try {
    return await run(application);
  } finally {
    await application.close();
  }
}

/** @returns whether the chat shows a summary. */
async function sendNotice(
  { aws, chats, stack, send }: Application,
  answer: string | undefined,
  print: Output['print'],
): Promise<boolean> {
  if (answer) aws.bedrock.replyWith(answer);
  await send(readFileSync(EVENT, 'utf8'));
  await stack.idle(EVENT_TIMEOUT_MS);
  const room = chats.rooms.find(({ platform }) => platform === PLATFORM);
  const [message] = room?.messages ?? [];
  if (!room || !message) return false;
  print(drawMessage(room, message, WIDTH, process.stdout.isTTY));
  return message.view.lines.join('').includes('AI 摘要');
}

const PROBLEM = 'EC2 实例 i-0123456789abcdef0 从 10:00 (UTC+8) 起无法 SSH 连接，区域 ap-southeast-1，客户无法下单。';
const ANSWER = `Hello, thank you for contacting AWS Support.
I have looked into the instance i-0123456789abcdef0 in ap-southeast-1: its root volume ran full, so that no session can be opened.
Please extend the volume, and write to us should it happen again.`;

/**
 * A user describes a problem in plain words; a model drafts the case, and summarizes AWS's English answer.
 * @returns the failures
 */
export function runDraftScenario(output: Output): Promise<string[]> {
  return withApplication({ EnableLLM: 'true', CaseLanguage: 'zh' }, (application) => runDraft(application, output));
}

async function runDraft({ aws, chats }: Application, { print, isBrief }: Output): Promise<string[]> {
  const workspace = chats.workspaces.find(({ platform }) => platform === PLATFORM);
  for (const { what, act, expected } of workspace ? draftSteps(workspace, aws.support.engineer) : []) {
    print(`▶ ${PLATFORM}, with a model: ${what}`);
    const { posts, ms } = await waitForReply(workspace as Workspace, act, () => expected, REPLY_TIMEOUT_MS);
    if (!isBrief) print(drawPosts(workspace as Workspace, posts));
    if (ms === undefined) return [`${what}: no reply matches ${expected}`];
  }
  return [];
}

function draftSteps(workspace: Workspace, engineer: Application['aws']['support']['engineer']) {
  const [room] = workspace.conversations;
  const user = workspace.users[1];
  if (!room || !user) throw new Error(`There is no user on ${PLATFORM}.`);
  return [
    {
      what: `${user.name} describes a problem`,
      act: () => workspace.say(user.id, room.id, `开工单 ${PROBLEM}`, { mention: true }),
      expected: /由 AI 起草[\s\S]*i-0123456789abcdef0/,
    },
    {
      what: `${user.name} submits the draft`,
      act: () => workspace.press(user.id, room.id, '提交'),
      expected: /已创建/,
    },
    {
      what: 'AWS answers in English',
      act: async () => engineer.answer(engineer.cases()[0]?.displayId ?? '', ANSWER),
      expected: /AI 摘要[\s\S]*its root volume ran full/,
    },
  ];
}
