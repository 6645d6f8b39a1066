import { readFileSync } from 'node:fs';
import type { Application } from '../application';
import { startApplication } from '../application';
import { drawMessage } from '../chat/screen';
import { createClock, MODEL_CLOCK_RATE } from '../clock';

const EVENT = 'events/health-lifecycle.json';
const PATIENCE = 5_000;
const WIDTH = 78;
/** What the built-in prompt asks for, as a small model has answered it. The rest of the demo's model only extracts. */
const SUMMARY =
  'RDS for PostgreSQL 13 的标准支持将于 2027年2月28日 结束，届时仍在运行的实例会自动进入 Extended Support 并开始收费。受影响的是账号 111122223333 在 us-east-1 的 orders-primary 等 2 个资源，请在此之前升级到 PostgreSQL 16 或更高版本。';

/**
 * One English notice in one Chinese chat, without a model and with one, and with one that invents a version. In an application of its
 * own, because a stack either has a model or has none.
 * @returns what went wrong
 */
export async function performWithAModel(print: (text: string) => void, brief = false): Promise<string[]> {
  const failures: string[] = [];
  const act = async (title: string, model: string | undefined, expected: boolean) => {
    print(`▶ ${EVENT} ${title}`);
    const shown = await once(model, (text) => (brief ? undefined : print(text)));
    print(shown ? '  a summary above the original' : '  the original alone');
    if (shown !== expected) failures.push(`${title}: the summary was ${shown ? '' : 'not '}shown`);
  };
  await act('without a model', undefined, false);
  await act('with a model', SUMMARY, true);
  await act('with a model that invents a version', SUMMARY.replace('16 或', '17 或'), false);
  return failures;
}

/** Whether the chat has shown a summary. */
async function once(says: string | undefined, print: (text: string) => void): Promise<boolean> {
  const parameters = { EnableLLM: says ? 'true' : 'false' };
  const application = await startApplication({
    port: 0,
    parameters,
    clock: createClock({ rate: MODEL_CLOCK_RATE }),
    log: () => undefined,
  });
  try {
    return await show(application, says, print);
  } finally {
    await application.close();
  }
}

async function show(
  { aws, chats, stack, send }: Application,
  says: string | undefined,
  print: (text: string) => void,
): Promise<boolean> {
  if (says) aws.bedrock.replyWith(says);
  await send(readFileSync(EVENT, 'utf8'));
  await stack.idle(PATIENCE);
  const room = chats.rooms.find(({ platform }) => platform === 'feishu');
  const [message] = room?.messages ?? [];
  if (!room || !message) return false;
  print(drawMessage(room, message, WIDTH, process.stdout.isTTY));
  return message.view.lines.join('').includes('AI 摘要');
}
