import type { SharedFile } from '@casebell/im/bots';
import { handleMessage } from './conversation/handle-message';
import { createKiller, type Killer, mortalContexts } from './crash.fixture';
import { LEASE_MS } from './domain/case-store';
import {
  commandOf,
  createTestContext,
  fileCase,
  OWN_ACCOUNT,
  REQUEST,
  type TestContext,
  type TestOptions,
  textForm,
} from './test-context.fixture';
import { poll } from './updates/poll';

const LONG = '磁盘满了，日志如下。'.repeat(1_000);
const MB = 2 ** 20;
const file = (name: string): SharedFile => ({ key: name, name, kind: 'file' });

async function* bytesOf(size: number): AsyncIterable<Uint8Array> {
  yield new Uint8Array(size);
}
const WITH_FILES: TestOptions = {
  hasGroups: true,
  app: {
    fetchFile: async ({ name = '' }) => {
      const size = name.startsWith('large') ? 5 * MB + 1 : 3;
      return { name, size, bytes: bytesOf(size) };
    },
  },
};

/** One delivery of the work. */
type Work = (contexts: Pick<TestContext, 'ctx' | 'worker'>) => Promise<unknown>;

interface Scenario {
  options: TestOptions;
  /** Brings a fresh context to the point where the work begins. */
  prepare(t: TestContext): Promise<Work>;
  /** Calls that must be among those that are killed. */
  calls: readonly string[];
}

const handling = (t: TestContext, text: string, more?: Parameters<TestContext['message']>[1]): Work => {
  const message = t.message(text, more);
  return ({ ctx }) => handleMessage(message, ctx);
};

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'submits a case with a text that needs a second communication': {
    options: { hasGroups: true },
    prepare: async (t) => handling(t, commandOf(await t.say(textForm({ body: LONG })))),
    calls: ['aws.createCase', 'aws.addCommunication', 'chat.createThread', 'chat.send', 'store.createRecord'],
  },
  'submits a case with files': {
    options: WITH_FILES,
    prepare: async (t) =>
      handling(t, commandOf(await t.say(textForm(), { files: [file('a.png'), file('large.bin')] }))),
    calls: ['aws.createCase', 'aws.uploadAttachment', 'aws.addCommunication', 'store.deleteDraft'],
  },
  'writes a reply': {
    options: {},
    prepare: async (t) => handling(t, `回复 ${(await fileCase(t)).id} 还是连不上`),
    calls: ['aws.addCommunication', 'chat.send', 'store.saveOrigin'],
  },
  'brings files to a case': {
    options: WITH_FILES,
    async prepare(t) {
      const { group } = await fileCase(t);
      const files = ['a.txt', 'large.bin', 'c.txt'].map(file);
      return handling(t, '见日志', { conversation: { id: group, kind: 'group' }, files });
    },
    calls: ['aws.uploadAttachment', 'aws.isAttachmentReady', 'aws.addCommunication', 'store.saveNote'],
  },
  'delivers replies of AWS, a file and a status': {
    options: { hasGroups: true },
    async prepare(t) {
      const { id } = await fileCase(t);
      const { engineer } = t.support;
      engineer.answer(id, '一', [{ fileName: '日志.txt', data: new Uint8Array(3) }]);
      t.clock.now += 1_000;
      engineer.answer(id, '二');
      engineer.pend(id);
      return ({ worker }) => poll(worker);
    },
    calls: ['chat.send', 'chat.sendFile', 'chat.update', 'store.saveSubscription', 'aws.downloadAttachment'],
  },
  'follows a case that was opened elsewhere, and delivers its replies': {
    options: { bot: { newCaseConversation: 'cid-cases' } },
    async prepare(t) {
      await t.poll();
      t.clock.now += 60_000;
      await t.client.createCase(REQUEST);
      t.clock.now += 60_000;
      return ({ worker }) => poll(worker);
    },
    calls: ['chat.send', 'store.saveSubscription', 'aws.listCommunications'],
  },
};

/** What people and AWS can see, and what is stored of the case. */
async function outcomeOf({ support, chat, ctx, clock }: TestContext): Promise<object> {
  const cases = support.engineer.cases();
  const subscriptions = await ctx.store.listSubscriptions(OWN_ACCOUNT);
  return {
    cases: cases.map(({ subject, status, communications }) => [
      subject,
      status,
      communications.map(({ body, fileNames }) => [body, [...fileNames].sort()]).sort(),
    ]),
    records: await Promise.all(
      cases.map(async ({ displayId }) => {
        const { caseId, overflowSent, conversation } = (await ctx.store.getRecordByDisplayId(displayId)) ?? {};
        return { caseId, overflowSent, conversation: conversation?.id };
      }),
    ),
    groups: [...chat.groups.keys()],
    posts: chat.posts.map(({ card, to, key }) => [to.id, key, card.title]),
    files: new Set(chat.files.map(({ name }) => name)),
    subscriptions: subscriptions.map(
      ({ conversation, status, delivered, inFlight, pendingIntro, leaseExpiresAt = 0 }) => [
        ...[
          conversation.id,
          status,
          delivered.map(({ id }) => id).sort(),
          inFlight,
          pendingIntro,
          leaseExpiresAt > clock.now,
        ],
      ],
    ),
  };
}

/** Cards that were sent twice without a mark that the second may be a repeat. */
const unmarkedRepeats = ({ chat: { sends } }: TestContext) =>
  sends.filter(({ key, isRetry }, index) => !isRetry && sends.slice(0, index).some((one) => one.key === key));

/** The work, killed once, and delivered again when its lease is over. */
async function run({ options, prepare }: Scenario, killer: Killer): Promise<TestContext> {
  const t = createTestContext(options);
  const work = await prepare(t);
  await work(mortalContexts(t, killer)).catch((error) => {
    if (!killer.isDead) throw error;
  });
  t.clock.now += LEASE_MS;
  // A poll that was killed while it read is repeated by the next round.
  for (const _ of [1, 2]) await work(t);
  return t;
}

describe.each(Object.entries(SCENARIOS))('the worker that %s', (_name, scenario) => {
  it('comes to the same end wherever it is killed, and sends no repeat unmarked', async () => {
    const killer = createKiller();
    const expected = await outcomeOf(await run(scenario, killer));
    expect(killer.calls).toEqual(expect.arrayContaining([...scenario.calls]));
    for (const [index, call] of killer.calls.entries())
      for (const when of ['before', 'after'] as const) {
        const mine = createKiller(index, when);
        const t = await run(scenario, mine);
        const killed = `${when} ${call} (${index})`;
        expect(mine.isDead).toBe(true);
        expect({ killed, ...(await outcomeOf(t)) }).toEqual({ killed, ...expected });
        expect({ killed, repeats: unmarkedRepeats(t) }).toEqual({ killed, repeats: [] });
      }
  });
});
