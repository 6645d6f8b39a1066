import type { Card } from '../card';
import type { Conversation, CreatedThread, ThreadRequest } from '../chat-app';
import { failureOf } from './fake-feishu.fixture';
import { openTestWorkspace, type TestWorkspace } from './workspace.fixture';

const CARD: Card = {
  title: '工单 42 有新回复',
  severity: 'warning',
  text: '**请看**',
  buttons: [{ label: '关闭 Close', command: '关闭 42' }],
};
const CLOSED: Card = {
  title: '工单 42 已关闭',
  severity: 'resolved',
  buttons: [{ label: '重开 Reopen', command: '重开 42' }],
};
/** Feishu rejects cards that mention an unknown user. */
const REJECTED = { mentions: [{ id: 'ou_nobody', name: 'Li' }] };

let test: TestWorkspace;
let to: Conversation;
beforeEach(async () => {
  test = await openTestWorkspace();
  to = { id: test.group.id, kind: 'group' };
});
afterEach(() => test.close());

const titles = () => test.group.posts.map(({ view }) => view.title);
const send = (card = CARD, where = to) => test.app.send(card, where, 'k');

describe('send()', () => {
  it('shows a card once per key, also when the response was lost', async () => {
    test.workspace.injectFault('im/v1/messages', 'lost', 1);
    expect(await failureOf(send())).toMatchObject({ retryable: true, outcomeUnknown: 'unanswered' });
    await send();
    expect(titles()).toEqual([CARD.title]);
  });

  it('shows a card again without a key, with another key, and in another chat', async () => {
    await test.app.send(CARD, to);
    await test.app.send(CARD, to);
    await test.app.send(CARD, to, 'k'.repeat(200));
    await test.app.send(CARD, { id: test.direct.id, kind: 'direct' }, 'k'.repeat(200));
    expect([titles().length, test.direct.posts.length]).toEqual([3, 1]);
  });

  it('shows each message of a long card once', async () => {
    const long = { ...CARD, quote: '实例已停止。\n'.repeat(3000) };
    test.workspace.injectFault('im/v1/messages', 'lost', 1);
    expect(await failureOf(send(long))).toMatchObject({ retryable: true });
    await send(long);
    expect(titles().length).toBeGreaterThan(1);
    expect(titles()).toEqual(titles().map((_, index) => `${CARD.title} (${index + 1}/${titles().length})`));
  });

  it('sends a rejected card once as plain text, whose commands can be typed', async () => {
    await test.workspace.subscribe(test.callbackUrl);
    for (let attempt = 0; attempt < 2; attempt++) await send({ ...CARD, ...REJECTED });
    const lines = ['🟠 工单 42 有新回复', '请看', '关闭 Close: 关闭 42', '@Li'];
    expect(test.group.posts).toMatchObject([{ view: { lines, mentions: [] }, controls: [] }]);
    await test.workspace.press(test.people[0], to.id, '关闭 Close');
    expect(test.callbacks.at(-1)).toMatchObject({ message: { text: '关闭 42', isForBot: true } });
  });

  it('mentions people and everyone', async () => {
    await send({ ...CARD, mentions: [{ id: test.people[1] }, { everyone: true }] });
    expect(test.group.posts[0]?.view.mentions).toEqual([`@${test.people[1]}`, '@all']);
  });

  it('says what to do in a chat without the bot', async () => {
    test.workspace.expel(to.id);
    const reason = expect.stringMatching(/add it in the group settings/);
    expect(await failureOf(send())).toMatchObject({ code: '230002', retryable: false, message: reason });
    const nowhere = { id: 'oc_nowhere', kind: 'group' as const };
    expect(await failureOf(send(CARD, nowhere))).toMatchObject({ code: '230001', retryable: false });
  });

  it('is retryable after the sixth message in a second', async () => {
    for (let sent = 0; sent < 5; sent++) await test.app.send(CARD, to);
    expect(await failureOf(send())).toMatchObject({ code: '230020', throttled: true, retryAfterSeconds: 1 });
  });
});

describe('a created thread', () => {
  const LINK = { label: '工单 42 Case 42', url: 'https://console.aws.example/support/42' };
  let request: ThreadRequest;
  beforeEach(() => {
    const [fang, wei] = test.people;
    request = { name: '工单 42：连不上', members: [fang, wei, fang], link: LINK, card: CARD };
  });

  const create = async (): Promise<CreatedThread> => {
    const thread = await test.app.createThread?.(request, to, 'case-42');
    if (!thread) throw new Error('no thread was created');
    return thread;
  };
  const created = () => test.workspace.conversations.slice(5);
  const expectOne = () => {
    const { name } = request;
    const view = expect.objectContaining({ title: CARD.title });
    const posts = [expect.objectContaining({ by: 'bot', view })];
    expect(created()).toEqual([
      expect.objectContaining({ name, members: test.people.slice(0, 2), tabs: [LINK], posts }),
    ]);
  };

  it('is a group with its members, link and card, and the same key creates it once', async () => {
    const thread = await create();
    expect(await create()).toEqual(thread);
    expectOne();
    const [group] = created();
    expect(thread).toEqual({ id: group?.id, kind: 'group', card: group?.posts[0]?.id });
  });

  it.each(['/chats', 'list_tabs', 'chat_tabs', '/messages'])(
    'is completed by the next call when %s fails',
    async (path) => {
      for (const kind of ['lost', 'error', 'throttle', 'hang'] as const) {
        test.workspace.injectFault(path, kind, 1);
        expect(await failureOf(create())).toMatchObject({ retryable: true });
      }
      await create();
      expectOne();
    },
  );

  it('has its card even where the tab cannot be pinned', async () => {
    request = { ...request, link: { label: 'Case', url: 'ftp://console' } };
    await create();
    expect(created()).toMatchObject([{ tabs: [], posts: [{ by: 'bot' }] }]);
    for (let index = 0; index < 21; index++) {
      test.clock.now += 1000;
      request = { ...request, link: { label: `${index}`, url: `https://a.example/${index}` } };
      await create();
    }
    expect(created()[0]?.tabs).toHaveLength(20);
    expect(test.workspace.rejections).toMatchObject([{ body: { code: 232046 } }]);
  });

  it('has a name within the limit, and no character of it is split', async () => {
    request = {
      ...request,
      name: `${'长'.repeat(58)}👨‍👩‍👧‍👦 family`,
      link: { label: '标'.repeat(90), url: LINK.url },
    };
    await create();
    expect(created()[0]).toMatchObject({ name: `${'长'.repeat(58)}…`, tabs: [{ label: `${'标'.repeat(59)}…` }] });
  });

  it.each([
    ['of another organisation', () => test.people[3], '232033', /other organisations/],
    ['that is unknown', () => 'ou_nobody', '232043', /availability/],
  ])('is not created with a member %s', async (_, member, code, reason) => {
    request = { ...request, members: [member()] };
    const error = await failureOf(create());
    expect(error).toMatchObject({ code, retryable: false, message: expect.stringMatching(reason) });
    expect(created()).toEqual([]);
  });

  it('can have more members than one call can invite', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `${index}`);
    const people = ids.map((id) => ({ id: `ou_${id}`, name: `P${id}`, email: `${id}@corp.example`, mobile: id }));
    await test.close();
    test = await openTestWorkspace({ users: people });
    request = { ...request, members: people.map(({ id }) => id) };
    await create();
    await create();
    expect(test.workspace.conversations.at(-1)?.members).toEqual(request.members);
  });

  describe('and update()', () => {
    let thread: CreatedThread;
    beforeEach(async () => {
      thread = await create();
    });
    const posts = () => created()[0]?.posts;
    const update = (card: Card, message = thread.card ?? '') => test.app.update?.(message, card, thread);

    it('replace its card and its buttons', async () => {
      await test.workspace.subscribe(test.callbackUrl);
      await update(CLOSED);
      const view = { title: CLOSED.title, mark: 'green' };
      expect(posts()).toMatchObject([{ id: thread.card, view, controls: [{ label: '重开 Reopen' }] }]);
      await test.workspace.press(test.people[0], thread.id, '重开 Reopen');
      expect(test.callbacks.at(-1)).toMatchObject({ message: { text: '重开 42', conversation: { id: thread.id } } });
      await expect(test.workspace.press(test.people[0], thread.id, '关闭 Close')).rejects.toThrow('no button');
    });

    it('show a rejected card as plain text', async () => {
      await update({ ...CLOSED, ...REJECTED });
      expect(test.workspace.rejections).toMatchObject([{ body: { code: 230099 } }]);
      expect(JSON.stringify(posts()?.[0]?.view)).toContain('工单 42 已关闭');
    });

    it.each([
      ['is over 14 days old', '230031', /14 days/],
      ['was recalled', '230011', /recalled/],
    ])('keep a card that %s', async (_, code, reason) => {
      if (code === '230031') test.clock.now += 14 * 86_400_000 + 1;
      else test.workspace.recall(thread.card ?? '');
      const error = await failureOf(update(CLOSED));
      expect(error).toMatchObject({ code, retryable: false, message: expect.stringMatching(reason) });
      expect(posts()?.[0]?.view.title).toBe(CARD.title);
    });

    it('reject a message that is no card of the bot, without a call where it is no id', async () => {
      await test.workspace.subscribe(test.callbackUrl);
      await test.workspace.say(test.people[0], thread.id, '你好');
      for (const message of [posts()?.at(-1)?.id ?? '', 'om_nothing'])
        expect(await failureOf(update(CLOSED, message))).toMatchObject({ code: '230001' });
      const { length } = test.workspace.rejections;
      for (const message of ['', '../chats/x'])
        expect(await failureOf(update(CLOSED, message))).toMatchObject({ retryable: false });
      expect(test.workspace.rejections).toHaveLength(length);
    });

    it('are retryable when there are too many, and when the response is lost', async () => {
      for (let shown = 0; shown < 5; shown++) await update(CLOSED);
      expect(await failureOf(update(CARD))).toMatchObject({ code: '230020', retryable: true, throttled: true });
      test.clock.now += 1000;
      test.workspace.injectFault('/messages/', 'lost', 1);
      expect(await failureOf(update(CARD))).toMatchObject({ retryable: true, outcomeUnknown: 'unanswered' });
    });
  });
});
