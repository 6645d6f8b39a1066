import type { Post } from '../chat/workspace';
import { failuresOf } from './assertions';
import { type Context, caseConversationOf, casesOf, numberOf, type Traits, textOf } from './context';
import { inCase, type Step } from './steps';

const FOLLOW_UP = '又出现了，附上新的日志。';
const ANSWER = '问题出在连接数上限，见附件中的步骤：\n1. 执行 `df -h`\n2. 把 "max" 改成 2\\n';
const FILE_FROM_AWS = { fileName: '步骤.pdf', data: Buffer.from('%PDF-1.4 steps').toString('base64') };
const FILE_FROM_USER = { name: '日志.pdf', kind: 'file', bytes: Buffer.from('%PDF-1.4 log') } as const;
/** A reply to the text before may be late on a busy machine; it names no file. */
const HAS_FILE = /已回复到工单[\s\S]*日志\.pdf/;

/** A resolved case is reopened, gets an answer with a file and a file of the user, and is resolved by AWS. */
export function syncSteps({ caseConversation }: Traits): Step[] {
  return [
    { what: 'replies again, which reopens the case', act: inCase('回复', FOLLOW_UP), expected: () => /已将其重新打开/ },
    {
      what: 'answers with a file',
      isByAws: true,
      act: byEngineer('answer', { body: ANSWER, attachments: [FILE_FROM_AWS] }),
      expected: () => /步骤\.pdf/,
    },
    ...(caseConversation ? [shareInCase] : shareInDirectChat),
    { what: 'resolves the case', isByAws: true, act: byEngineer('resolve', {}), expected: () => /已解决/ },
  ];
}

const shareInCase: Step = {
  what: 'shares a file',
  act: (context) => {
    const conversation = caseConversationOf(context) ?? context.room.id;
    return context.workspace.share(context.user.id, conversation, FILE_FROM_USER);
  },
  expected: () => HAS_FILE,
};

/** Outside of a case's conversation the bot asks for the case. */
const shareInDirectChat: readonly Step[] = [
  {
    what: 'shares a file',
    act: (context) => context.workspace.share(context.user.id, directChatOf(context), FILE_FROM_USER),
    expected: () => /要添加到哪个工单/,
  },
  {
    what: 'names the case of the file',
    act: (context) => context.workspace.say(context.user.id, directChatOf(context), `附件 ${numberOf(context)}`),
    expected: () => HAS_FILE,
  },
];

const directChatOf = ({ workspace, user, room }: Context): string =>
  workspace.conversations.find(({ kind, members }) => kind === 'direct' && members.includes(user.id))?.id ?? room.id;

const byEngineer =
  (action: string, body: object): Step['act'] =>
  async (context) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${context.engineerUrl}/support/cases/${numberOf(context)}/${action}`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`AWS's engineer got ${response.status} ${await response.text()}`);
  };

/** What is wrong after these steps: at AWS, and in the chat. */
export function syncFailures(context: Context): string[] {
  const [found] = casesOf(context);
  const files = found?.communications.flatMap(({ fileNames }) => fileNames) ?? [];
  const answers = botPosts(context).filter((post) => textOf(post).includes('连接数上限'));
  const conversation = context.workspace.conversations.find(({ id }) => id === caseConversationOf(context));
  const card = conversation?.posts[0];
  const isCardResolved = card !== undefined && textOf(card).includes('已解决');
  return failuresOf([
    [answers.length === 1, `AWS's answer arrived ${answers.length} times`],
    [answers.every((post) => /df -h[\s\S]*"max"/.test(textOf(post))), "AWS's answer is incomplete"],
    [files.filter((name) => name === FILE_FROM_USER.name).length === 1, 'the file is not in the case exactly once'],
    [!context.traits.caseConversation || isCardResolved, "the case's card does not show that it is resolved"],
    [found?.status === 'resolved', `the case is ${found?.status}`],
  ]);
}

const botPosts = ({ workspace }: Context): Post[] => [
  ...new Set(workspace.conversations.flatMap(({ posts }) => posts.filter(({ by }) => by === 'bot'))),
];
