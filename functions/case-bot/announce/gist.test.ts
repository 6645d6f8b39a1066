import { type ChatApp, DeliveryError } from '@casebell/im/bots';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { poll } from '../updates/poll';

const ENGLISH = `Hello,

Thank you for contacting AWS Support. I have looked into the instance i-0123456789abcdef0 in ap-southeast-1 and found that its root volume ran full.
Please extend the volume and restart the instance before December 1, 2026. Reply with: the output of df -h, should it happen again.

Best regards`;
const GIST = '实例 i-0123456789abcdef0 的根卷已写满。\n请在 December 1, 2026 之前扩容该卷并重启实例。';

let refuses: (lead: boolean, quoted: boolean) => boolean;
let keys: (string | undefined)[];
let at: TestOffice;
const app: Partial<ChatApp> = {
  async send(card, to, idempotencyKey) {
    keys.push(idempotencyKey);
    if (refuses(card.summary !== undefined, card.quote !== undefined))
      throw new DeliveryError('dingtalk', { reason: 'its words are not wanted', retryable: false });
    at.spoken.push({ card, to });
  },
};
beforeEach(async () => {
  keys = [];
  refuses = () => false;
  at = await openTestOffice({ model: true, app });
  const review = await at.say(
    '提工单\nsubject:EC2 连不上\nbody:实例连不上\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:general-guidance',
  );
  await at.say(review?.buttons?.[0]?.command ?? '');
  at.spoken.length = 0;
  keys = [];
});
afterEach(() => at.close());

/** What the chat is told when AWS answers with this. */
async function told(letter: string) {
  const { engineer } = at.aws.support;
  at.clock.now += 60_000;
  engineer.answer(engineer.cases()[0]?.displayId ?? '', letter);
  await poll(at.bureau);
  return at.spoken.at(-1)?.card;
}

it('says in the chat’s language what a foreign answer comes to, above the whole original', async () => {
  at.aws.bedrock.replyWith(GIST);
  const card = await told(ENGLISH);
  expect(card?.summary).toEqual({ label: 'AI 概要', value: GIST });
  expect(card?.quote).toBe(ENGLISH);
});

it.each([
  ['a long answer in the chat’s own language', '我们已经检查了您的实例，根卷空间已经用尽，请先扩容。'.repeat(30), 1],
  ['a short one', '我们已经检查了您的实例，请先扩容根卷。', 0],
  ['a word of thanks', 'Thank you.', 0],
])('asks for the gist of %s as often as it is worth it', async (_name, letter, times) => {
  at.aws.bedrock.replyWith('您的实例根卷空间已用尽，请先扩容。');
  const card = await told(letter);
  expect(at.aws.bedrock.requests).toHaveLength(times);
  expect(card?.summary !== undefined).toBe(times > 0);
  expect(card?.quote).toBe(letter);
});

it.each([
  ['invents an id', GIST.replace('i-0123456789abcdef0', 'i-0badc0ffee0badc0f')],
  ['drops the deadline', '实例 i-0123456789abcdef0 的根卷已写满。\n请扩容该卷并重启实例。'],
  [
    'answers in the wrong language',
    'The root volume of the instance i-0123456789abcdef0 ran full, extend it before December 1, 2026.',
  ],
  ['says that nothing has to be done', `${GIST}\n无需任何操作。`],
  ['goes on and on', `${GIST}${'请扩容该卷并重启实例。'.repeat(20)}`],
])('tells the original alone when the model %s', async (_name, said) => {
  at.aws.bedrock.replyWith(said);
  const card = await told(ENGLISH);
  expect(at.aws.bedrock.requests).toHaveLength(1);
  expect(card?.summary).toBeUndefined();
  expect(card?.quote).toBe(ENGLISH);
});

it('says it without the gist where the chat takes offence at it, and without the text where at that', async () => {
  at.aws.bedrock.replyWith(GIST);
  refuses = (lead) => lead;
  expect(await told(ENGLISH)).toMatchObject({ quote: ENGLISH });
  refuses = (_lead, quoted) => quoted;
  const notice = await told(`${ENGLISH}\nOnce more.`);
  expect(notice?.quote).toBeUndefined();
  expect(notice?.text).toContain('请到支持中心查看');
});

it('tells a letter under one key, with its gist and without, so that a second try is known for one', async () => {
  at.aws.bedrock.replyWith(GIST);
  refuses = (lead) => lead;
  await told(ENGLISH);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});
