import type { CaseRecord } from '../../functions/case-bot/domain/case-store';
import { textOf } from '../../local/demo/context';
import { type CaseWorld, conversationIdOf, openCaseWorld, PLATFORMS, textForm } from '../worlds/case-bot-world.fixture';
import { type Kill, killAfter, recordOf } from './kill-case-bot.fixture';

/** In seconds of the world's clock: longer than all kills take, so that no message is delivered again before they are over. */
const HIDDEN_SECONDS = 300;
const PUT = /^dynamodb\.PutItem$/;
const SENT = /sendBySession$|groupMessages\/send$|oToMessages\/batchSend$|POST .*\/im\/v1\/messages|chat\.postMessage$/;

/** The claim on the message is the first write; on Slack the card that opens the thread is the answer, too. */
const FILING: readonly Kill[] = [
  ...PLATFORMS.flatMap((platform) => [
    { platform, done: 'the record was created', call: PUT, nth: 2 },
    { platform, done: 'AWS had created the case', call: /^support\.CreateCase$/, nth: 1 },
  ]),
  { platform: 'dingtalk', done: 'the answer was shown', call: /sendBySession$/, nth: 1 },
  { platform: 'feishu', done: 'the group was created', call: /POST .*\/im\/v1\/chats$/, nth: 1 },
  { platform: 'feishu', done: 'the tab was pinned', call: /POST .*\/chat_tabs$/, nth: 1 },
  { platform: 'feishu', done: 'the answer was shown', call: /POST .*\/im\/v1\/messages$/, nth: 2 },
  { platform: 'slack', done: 'the thread was created', call: /chat\.postMessage$/, nth: 1 },
];
const DELIVERY: readonly Kill[] = PLATFORMS.flatMap((platform) => [
  { platform, done: 'the lease was saved', call: PUT, nth: 1 },
  { platform, done: 'the reply was saved as in flight', call: PUT, nth: 2 },
  { platform, done: 'the chat had accepted the reply', call: SENT, nth: 1 },
  { platform, done: 'the reply was saved as delivered', call: PUT, nth: 3 },
]);

/** How far filing had come; proves that the worker died at the right call. */
const PROGRESS: Readonly<Record<string, object>> = {
  'the record was created': { attemptedAt: undefined, caseId: undefined },
  'AWS had created the case': { attemptedAt: expect.any(Number), caseId: undefined },
  'the group was created': { displayId: expect.any(String), conversation: undefined },
  'the tab was pinned': { displayId: expect.any(String), conversation: undefined },
  'the thread was created': { displayId: expect.any(String), conversation: undefined },
  'the answer was shown': { displayId: expect.any(String), conversation: expect.any(Object) },
};

let world: CaseWorld;
beforeAll(async () => {
  world = await openCaseWorld({ overrides: { CaseQueue: { VisibilityTimeout: HIDDEN_SECONDS } } });
}, 600_000);
afterAll(() => world.close());

const subjectOf = ({ platform, done }: Kill): string => `${platform}: ${done}`;
const numberOf = (kill: Kill): string => world.cases(subjectOf(kill))[0]?.displayId ?? 'no case';

describe('the worker is killed while it files a case', () => {
  const atDeath = new Map<Kill, CaseRecord | undefined>();
  const scenes = new Map<Kill, ReturnType<typeof sceneOf>>();

  /** Each case in its own conversation, because messages of one conversation wait for each other. @param extra a further one */
  function sceneOf(kill: Kill, index: number, extra: string) {
    const { conversations, users } = world.workspace(kill.platform);
    const user = users[index % 3];
    const direct = conversations.find(({ kind, members }) => kind === 'direct' && members[0] === user?.id);
    const conversationId = [direct?.id, direct?.id, direct?.id, conversations[0]?.id, extra][index] ?? '';
    return { person: world.person(kill.platform, index % 3), conversationId };
  }

  function sceneAt(kill: Kill) {
    const scene = scenes.get(kill);
    if (!scene) throw new Error('The case was not filed.');
    return scene;
  }
  const postsOf = (kill: Kill) =>
    world.workspace(kill.platform).conversations.find(({ id }) => id === sceneAt(kill).conversationId)?.posts ?? [];
  /** The groups of a case, and the cards that begin its threads. */
  function homesOf(kill: Kill) {
    const [number, subject] = [numberOf(kill), subjectOf(kill)];
    const { conversations } = world.workspace(kill.platform);
    const groups = conversations.filter(({ name }) => name === `${number}-${subject}`);
    return { groups, cards: postsOf(kill).filter(({ view }) => view.title === `工单 ${number} · ${subject}`) };
  }

  beforeAll(async () => {
    const first = world.person('feishu', 1);
    await first.say(textForm('undisturbed'));
    await first.press('提交');
    const extra = conversationIdOf(world.workspace('feishu'), world.cases('undisturbed')[0]?.displayId ?? '');
    const indexOf = (kill: Kill) => FILING.filter(({ platform }) => platform === kill.platform).indexOf(kill);
    for (const kill of FILING) scenes.set(kill, sceneOf(kill, indexOf(kill), extra));
    for (const [kill, { person, conversationId }] of scenes)
      await person.say(textForm(subjectOf(kill)), { conversationId });
    for (const [kill, { person, conversationId }] of scenes) {
      await killAfter(kill, world, () => world.workspace(kill.platform).press(person.id, conversationId, '提交'));
      atDeath.set(kill, await recordOf(subjectOf(kill), world));
    }
    await world.stack.idle(600_000);
  }, 600_000);

  describe.each(FILING)('on $platform right after $done', (kill) => {
    it('and had come as far as intended', () => {
      const { attemptedAt, caseId, displayId, conversation } = atDeath.get(kill) ?? {};
      expect({ attemptedAt, caseId, displayId, conversation }).toMatchObject(PROGRESS[kill.done] ?? {});
    });
    it('and one case is filed and recorded', async () => {
      const [found, ...others] = world.cases(subjectOf(kill));
      expect(others).toEqual([]);
      const record = { caseId: found?.caseId, displayId: found?.displayId, overflowSent: 0 };
      expect(await recordOf(subjectOf(kill), world)).toMatchObject({ ...record, conversation: expect.any(Object) });
    });
    it('and the case has one conversation, in which it can be replied to', async () => {
      const { person, conversationId } = sceneAt(kill);
      const { groups, cards } = homesOf(kill);
      const parts = groups.map(({ tabs, posts }) => [tabs.length, posts.length]);
      expect(parts).toEqual(kill.platform === 'feishu' ? [[1, 1]] : []);
      expect(cards).toHaveLength(kill.platform === 'slack' ? 1 : 0);
      const home = groups[0]?.id ?? cards[0]?.id;
      const [text, how] = home
        ? ['继续', { conversationId: home, mention: false }]
        : [`回复 ${numberOf(kill)} 继续`, { conversationId }];
      expect(await person.say(text, how)).toContain(`已回复到工单 ${numberOf(kill)}`);
    });
    it('and the person is answered once, twice only where the platform has no idempotency keys', () => {
      const answer = new RegExp(`工单 ${numberOf(kill)} (已创建|·)`);
      const answers = postsOf(kill).filter((post) => post.by === 'bot' && answer.test(textOf(post)));
      expect(answers).toHaveLength(kill.platform === 'dingtalk' && kill.done === 'the answer was shown' ? 2 : 1);
    });
  });
});

describe('the worker is killed while it delivers a reply of AWS', () => {
  const replyOf = (kill: Kill): string => `答复 ${subjectOf(kill)}.`;

  beforeAll(async () => {
    for (const kill of DELIVERY) {
      const person = world.person(kill.platform);
      await person.say(textForm(subjectOf(kill)));
      await person.press('提交');
    }
    const { engineer } = world.aws.support;
    for (const kill of DELIVERY)
      await killAfter(kill, world, async () => engineer.answer(numberOf(kill), replyOf(kill)));
    await world.stack.idle(600_000);
  }, 240_000);

  it.each(DELIVERY)('on $platform right after $done: it is shown once, twice only without idempotency keys', (kill) => {
    const posts = new Set(world.workspace(kill.platform).conversations.flatMap((conversation) => conversation.posts));
    const shown = [...posts].filter((post) => textOf(post).includes(replyOf(kill)));
    expect(shown).toHaveLength(kill.platform === 'dingtalk' && kill.done === 'the chat had accepted the reply' ? 2 : 1);
  });
});
