import { type Application, startApplication } from '../application';
import { createClock, MODEL_CLOCK_RATE } from '../clock';
import { printSaid } from './print';
import { hear } from './stage';

const SAID = 'EC2 实例 i-0123456789abcdef0 从 10:00 (UTC+8) 起无法 SSH 连接，区域 ap-southeast-1，客户无法下单。';
const ANSWER = `Hello, thank you for contacting AWS Support.
I have looked into the instance i-0123456789abcdef0 in ap-southeast-1: its root volume ran full, so that no session can be opened.
Please extend the volume, and write to us should it happen again.`;

/** In real milliseconds. */
const PATIENCE = 15_000;

/**
 * Somebody says in plain words what is wrong; a model makes a case of it, and later says in their language what AWS's English answer comes to.
 * @returns what went wrong
 */
export async function performWithAnAdvisor(print: (text: string) => void, brief = false): Promise<string[]> {
  const parameters = { EnableLLM: 'true', CaseLanguage: 'zh' };
  const clock = createClock({ rate: MODEL_CLOCK_RATE });
  const application = await startApplication({ port: 0, parameters, clock, log: () => undefined });
  try {
    return await play(application, print, brief);
  } finally {
    await application.close();
  }
}

async function play({ aws, chats }: Application, print: (text: string) => void, brief: boolean): Promise<string[]> {
  const workplace = chats.workspaces.find(({ platform }) => platform === 'feishu');
  const [room] = workplace?.conversations ?? [];
  const person = workplace?.users[1];
  if (!workplace || !room || !person) return ['there is nobody on Feishu'];
  const { engineer } = aws.support;
  const acts = [
    {
      what: `${person.name} says in plain words what is wrong`,
      act: () => workplace.say(person.id, room.id, `开工单 ${SAID}`, { mention: true }),
      words: /由 AI 起草[\s\S]*i-0123456789abcdef0/,
    },
    {
      what: `${person.name} submits the draft`,
      act: () => workplace.press(person.id, room.id, '提交'),
      words: /已创建/,
    },
    {
      what: 'AWS answers in English',
      act: async () => engineer.answer(engineer.cases()[0]?.displayId ?? '', ANSWER),
      words: /AI 摘要[\s\S]*its root volume ran full/,
    },
  ];
  for (const { what, act, words } of acts) {
    print(`▶ feishu, with a model: ${what}`);
    const { posts, ms } = await hear(workplace, act, () => words, PATIENCE);
    if (!brief) print(printSaid(workplace, posts));
    if (ms === undefined) return [`${what}: nothing like ${words} was said`];
  }
  return [];
}
