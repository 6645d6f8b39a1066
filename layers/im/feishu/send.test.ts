import type { Card } from '../card';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import { type AtWork, atWork } from './workplace.fixture';

const CARD: Card = {
  title: '工单 42 有新回复',
  severity: 'warning',
  text: '**请看**',
  buttons: [{ label: '关闭 Close', command: '关闭 42' }],
};

let here: AtWork;
let to: Conversation;
beforeEach(async () => {
  here = await atWork();
  to = { id: here.group.id, kind: 'group' };
});
afterEach(() => here.close());

const titles = () => here.group.posts.map(({ view }) => view.title);
const failure = async (card: Card, where = to) => {
  const error = await here.app.send(card, where, 'k').catch((error: unknown) => error);
  if (!(error instanceof DeliveryError)) throw new Error(`not a DeliveryError: ${error}`);
  return error;
};

it('says a card in a group and in a direct chat', async () => {
  await here.app.send(CARD, to);
  await here.app.send(CARD, { id: here.direct.id, kind: 'direct', userId: here.people[0] });
  for (const talk of [here.group, here.direct]) {
    expect(talk.posts).toMatchObject([
      { by: 'bot', view: { title: CARD.title, mark: 'orange' }, controls: [{ label: '关闭 Close' }] },
    ]);
  }
});

it('says it once under the same key, even when the answer was lost', async () => {
  here.workplace.injectFault('im/v1/messages', 'lost', 1);
  expect(await failure(CARD)).toMatchObject({ retryable: true, outcomeUnknown: 'unanswered' });
  await here.app.send(CARD, to, 'k');
  expect(titles()).toEqual([CARD.title]);
});

it('says it again without a key, with another, and in another chat', async () => {
  await here.app.send(CARD, to);
  await here.app.send(CARD, to);
  await here.app.send(CARD, to, 'k'.repeat(200));
  await here.app.send(CARD, { id: here.direct.id, kind: 'direct' }, 'k'.repeat(200));
  expect(titles()).toHaveLength(3);
  expect(here.direct.posts).toHaveLength(1);
});

it('says a long card in several messages, each of them once', async () => {
  const long = { ...CARD, quote: '实例已停止。\n'.repeat(3000) };
  here.workplace.injectFault('im/v1/messages', 'lost', 1);
  expect(await failure(long)).toMatchObject({ retryable: true });
  await here.app.send(long, to, 'k');
  expect(titles().length).toBeGreaterThan(1);
  expect(titles()).toEqual(titles().map((_, at) => `${CARD.title} (${at + 1}/${titles().length})`));
});

it('says a refused card in plain words, once', async () => {
  const calling: Card = { ...CARD, mentions: [{ id: 'ou_nobody', name: 'Li' }] };
  await here.app.send(calling, to, 'k');
  await here.app.send(calling, to, 'k');
  expect(here.workplace.rejections).toMatchObject([{ body: { code: 230099 } }, { body: { code: 230099 } }]);
  expect(here.group.posts).toHaveLength(1);
  expect(here.group.posts[0]).toMatchObject({
    view: { lines: ['🟠 工单 42 有新回复', '请看', '关闭 Close: 关闭 42', '@Li'], mentions: [] },
    controls: [],
  });
});

it('lets a person type what such a message says', async () => {
  await here.workplace.subscribe(here.callbackUrl);
  await here.app.send({ ...CARD, mentions: [{ id: 'ou_nobody', name: 'Li' }] }, to);
  await here.workplace.press(here.people[0], to.id, '关闭 Close');
  expect(here.callbacks.at(-1)).toMatchObject({ message: { text: '关闭 42', isForBot: true } });
});

it('calls whom it is told to', async () => {
  await here.app.send({ ...CARD, mentions: [{ id: here.people[1] }, { everyone: true }] }, to);
  expect(here.group.posts[0]?.view.mentions).toEqual([`@${here.people[1]}`, '@all']);
});

it('says what to do when it may not speak there', async () => {
  here.workplace.expel(to.id);
  expect(await failure(CARD)).toMatchObject({
    code: '230002',
    retryable: false,
    message: expect.stringMatching(/add it in the group settings/),
  });
  expect(await failure(CARD, { id: 'oc_nowhere', kind: 'group' })).toMatchObject({ code: '230001', retryable: false });
});

it('may try again when it was too fast, or when Feishu has trouble', async () => {
  for (let sent = 0; sent < 5; sent++) await here.app.send(CARD, to);
  expect(await failure(CARD)).toMatchObject({ code: '230020', retryable: true, throttled: true, retryAfterSeconds: 1 });
  here.workplace.injectFault('im/v1/messages', 'throttle', 1);
  expect(await failure(CARD)).toMatchObject({
    code: '99991400',
    retryable: true,
    throttled: true,
    retryAfterSeconds: 1,
  });
  here.workplace.injectFault('im/v1/messages', 'error', 1);
  expect(await failure(CARD)).toMatchObject({ code: '2200', retryable: true, outcomeUnknown: 'unclear' });
  here.workplace.injectFault('im/v1/messages', 'hang', 1);
  expect(await failure(CARD)).toMatchObject({ code: 'ETIMEDOUT', retryable: true, outcomeUnknown: 'unanswered' });
});
