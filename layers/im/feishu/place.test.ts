import type { ThreadRequest } from '../chat-app';
import { type AtWork, atWork } from './workplace.fixture';

const LINK = { label: '工单 42 Case 42', url: 'https://console.aws.example/support/42' };

let here: AtWork;
let place: ThreadRequest;
beforeEach(async () => {
  here = await atWork();
  const [fang, wei] = here.people;
  place = {
    name: '工单 42：连不上',
    members: [fang, wei, fang],
    link: LINK,
    card: { title: '工单 42', severity: 'info' },
  };
});
afterEach(() => here.close());

const open = () => here.app.createThread?.(place, { id: here.group.id, kind: 'group' }, 'case-42');
const opened = () => here.workplace.conversations.slice(5);
const done = () => [
  expect.objectContaining({
    name: place.name,
    members: here.people.slice(0, 2),
    tabs: [LINK],
    posts: [expect.objectContaining({ by: 'bot' })],
  }),
];

it('opens a group with its people, its link and its card', async () => {
  const conversation = await open();
  expect(opened()).toEqual(done());
  const [group] = opened();
  expect(conversation).toEqual({ id: group?.id, kind: 'group', card: group?.posts[0]?.id });
  expect(opened()[0]?.posts[0]?.view.title).toBe('工单 42');
});

it('opens it once under the same key', async () => {
  expect(await open()).toEqual(await open());
  expect(opened()).toEqual(done());
});

it.each([
  ['the group', '/chats'],
  ['the look at the tabs', 'list_tabs'],
  ['the tab', 'chat_tabs'],
  ['the card', '/messages'],
])('finishes what was left undone when the answer about %s was lost', async (_, path) => {
  for (const kind of ['lost', 'error', 'throttle', 'hang'] as const) {
    here.workplace.injectFault(path, kind, 1);
    await expect(open()).rejects.toMatchObject({ name: 'DeliveryError', retryable: true });
  }
  await open();
  expect(opened()).toEqual(done());
});

it('says the card even where no tab can be pinned', async () => {
  place = { ...place, link: { label: 'Case', url: 'ftp://console' } };
  const { id } = (await open()) ?? {};
  expect(here.workplace.conversations.find((talk) => talk.id === id)).toMatchObject({
    tabs: [],
    posts: [{ by: 'bot' }],
  });
});

it('pins another link beside those that are there, until there are twenty', async () => {
  for (let at = 0; at < 21; at++) {
    here.clock.now += 1000;
    place = { ...place, link: { label: `${at}`, url: `https://a.example/${at}` } };
    await open();
  }
  expect(opened()[0]?.tabs).toHaveLength(20);
  expect(here.workplace.rejections).toMatchObject([{ body: { code: 232046 } }]);
});

it('cuts a name to what Feishu takes, and tears no character', async () => {
  place = { ...place, name: `${'长'.repeat(58)}👨‍👩‍👧‍👦 family`, link: { label: '标'.repeat(90), url: LINK.url } };
  await open();
  expect(opened()[0]).toMatchObject({ name: `${'长'.repeat(58)}…`, tabs: [{ label: `${'标'.repeat(59)}…` }] });
});

it('says whom it may not invite', async () => {
  place = { ...place, members: [here.people[3]] };
  await expect(open()).rejects.toMatchObject({
    code: '232033',
    retryable: false,
    message: expect.stringMatching(/other organisations/),
  });
  place = { ...place, members: ['ou_nobody'] };
  await expect(open()).rejects.toMatchObject({
    code: '232043',
    retryable: false,
    message: expect.stringMatching(/availability/),
  });
  expect(opened()).toEqual([]);
});

it('invites more people than can be invited at once', async () => {
  const crowd = Array.from({ length: 120 }, (_, at) => ({
    id: `ou_${at}`,
    name: `P${at}`,
    email: `${at}@corp.example`,
    mobile: `${at}`,
  }));
  await here.close();
  here = await atWork({ users: crowd });
  place = { ...place, members: crowd.map(({ id }) => id) };
  await open();
  await open();
  expect(here.workplace.conversations.at(-1)?.members).toEqual(place.members);
});
