import type { EngineerCase } from '../aws/support/engineer';
import type { Post } from '../chat/workspace';
import type { Manner } from './manners';
import { inCase, type Step } from './script';
import { casesOf, numberOf, type Stage, wordsOf } from './stage';

const AGAIN = '又出现了，附上新的日志。';
const ANSWER = '问题出在连接数上限，见附件中的步骤：\n1. 执行 `df -h`\n2. 把 "max" 改成 2\\n';
const FROM_AWS = { fileName: '步骤.pdf', data: Buffer.from('%PDF-1.4 steps').toString('base64') };
/** An answer to what was said before may be late on a busy machine, and is none to a file. */
const HAS_FILE = /已回复到工单[\s\S]*日志\.pdf/;
const FROM_US = { name: '日志.pdf', kind: 'file', bytes: Buffer.from('%PDF-1.4 log') } as const;

/** What AWS answers comes back: the person writes again, AWS answers with a file, gets one, and resolves the case. */
export function returnOf(manner: Manner): Step[] {
  return [
    {
      what: 'writes again, which reopens the case',
      act: inCase('回复', AGAIN, manner),
      answer: () => /已将其重新打开/,
    },
    {
      what: 'answers with a file',
      byAws: true,
      act: atDesk('answer', { body: ANSWER, attachments: [FROM_AWS] }),
      answer: () => /步骤\.pdf/,
    },
    ...share(manner),
    { what: 'resolves the case', byAws: true, act: atDesk('resolve', {}), answer: () => /已解决/ },
  ];
}

/** In a case's own place it is clear where a file belongs; elsewhere, in the direct chat with the bot, it has to be said. */
function share(manner: Manner): Step[] {
  if (manner.forms) {
    const there = (stage: Stage) => manner.home(stage) ?? stage.room.id;
    return [
      {
        what: 'shares a file',
        act: (stage) => stage.workplace.share(stage.person.id, there(stage), FROM_US),
        answer: () => HAS_FILE,
      },
    ];
  }
  return [
    {
      what: 'shares a file',
      act: (stage) => stage.workplace.share(stage.person.id, direct(stage), FROM_US),
      answer: () => /要添加到哪个工单/,
    },
    {
      what: 'says to which case it goes',
      act: (stage) => stage.workplace.say(stage.person.id, direct(stage), `附件 ${numberOf(stage)}`),
      answer: () => HAS_FILE,
    },
  ];
}

const direct = ({ workplace, person, room }: Stage): string =>
  workplace.conversations.find(({ kind, members }) => kind === 'direct' && members.includes(person.id))?.id ?? room.id;

/** The engineer sits at AWS: what is done there is said over HTTP. */
const atDesk =
  (act: string, body: object): Step['act'] =>
  async (stage) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${stage.deskUrl}/support/cases/${numberOf(stage)}/${act}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`AWS's desk said ${answer.status} ${await answer.text()}`);
  };

/** What is not as it should be after that: at AWS, and in the chat. */
export function faultsAfter(stage: Stage, manner: Manner): string[] {
  const [found] = casesOf(stage);
  const files = found ? filesOf(found) : [];
  const told = botPosts(stage).filter((post) => wordsOf(post).includes('连接数上限'));
  const card = stage.workplace.conversations.find(({ id }) => id === manner.home(stage))?.posts[0];
  const claims: readonly (readonly [boolean, string])[] = [
    [told.length === 1, `AWS's answer was told ${told.length} times`],
    [told.every((post) => /df -h[\s\S]*"max"/.test(wordsOf(post))), "AWS's answer is not whole"],
    [files.filter((name) => name === FROM_US.name).length === 1, `${FROM_US.name} is not in the case just once`],
    [
      !manner.forms || (card !== undefined && wordsOf(card).includes('已解决')),
      "the case's card does not say that it is resolved",
    ],
    [found?.status === 'resolved', `the case is ${found?.status}`],
  ];
  return claims.flatMap(([holds, otherwise]) => (holds ? [] : [otherwise]));
}

const filesOf = ({ communications }: EngineerCase): readonly string[] =>
  communications.flatMap(({ fileNames }) => fileNames);

const botPosts = ({ workplace }: Stage): Post[] => [
  ...new Set(workplace.conversations.flatMap(({ posts }) => posts.filter(({ by }) => by === 'bot'))),
];
