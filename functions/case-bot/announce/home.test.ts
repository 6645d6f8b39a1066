import { type ChatApp, type Conversation, DeliveryError } from '@casebell/im/bots';
import { handleMessage } from '../conversation/handle-message';
import { LEASE_MS } from '../domain/case-store';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { handleCaseEvent } from '../updates/case-event';
import { poll } from '../updates/poll';

let at: TestOffice;
/** What happens while the case's group is being opened. */
let meanwhile: () => Promise<unknown> = async () => undefined;
const app: Partial<ChatApp> = {
  async createThread(_place, _from, idempotencyKey) {
    await meanwhile();
    return { id: `oc_${idempotencyKey}`, kind: 'group', card: `om_${idempotencyKey}` };
  },
  update: async () => undefined,
};
beforeEach(async () => {
  meanwhile = async () => undefined;
  at = await openTestOffice({ app, bot: { newCaseConversation: 'cid-cases' } });
  await poll(at.bureau);
});
afterEach(() => at.close());

const WHOLE =
  '提工单\nsubject:连不上\nbody:实例 i-0123\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:general-guidance';
const engineer = () => at.aws.support.engineer;
const number = () => engineer().cases()[0]?.displayId ?? '';
const created = () => ({
  account: at.aws.account,
  time: new Date(at.clock.now).toISOString(),
  detail: { 'case-id': engineer().cases()[0]?.caseId ?? '', 'display-id': number(), 'event-name': 'CreateCase' },
});
const told = (quote: string) => at.spoken.filter(({ card }) => card.quote === quote).map(({ to }) => to.id);

const REQUEST = {
  body: '旧内容',
  serviceCode: 'aws-lambda',
  categoryCode: 'general-guidance',
  severityCode: 'low',
  issueType: 'technical',
  cc: [],
};
const MESSAGE = { platform: 'slack', sender: { id: 'U1' }, sentAt: 0 };

async function submit(): Promise<string> {
  at.clock.now += 60_000;
  const review = await at.say(WHOLE);
  const press = review?.buttons?.[0]?.command ?? '';
  await at.say(press).catch(() => undefined);
  return /CB-\w+/.exec(press)?.[0] ?? '';
}

it('tells the news of a case in its own group, also when AWS’s event overtakes its opening', async () => {
  meanwhile = () => handleCaseEvent(created(), at.bureau);
  const reference = await submit();
  at.clock.now += LEASE_MS;
  engineer().answer(number(), '请重启');
  await poll(at.bureau);
  expect(told('请重启')).toEqual([`oc_${reference}`]);
  expect(at.spoken.filter(({ to }) => to.id === 'cid-cases')).toEqual([]);
});
it('takes what is written in the thread of a case that was opened elsewhere for that case', async () => {
  const slack = { ...at.office, bot: { ...at.office.bot, platform: 'slack', name: 'slack/main' } };
  const thread = { id: 'C1', kind: 'group', thread: '1.2' } as const;
  slack.app = { ...slack.app, createThread: async () => ({ ...thread, card: '1.2' }) };
  await at.desk.createCase({ ...REQUEST, subject: '控制台开的' });
  const say = (id: string, text: string, conversation: Conversation) =>
    handleMessage({ ...MESSAGE, id, text, conversation, isForBot: text.startsWith('follow') }, slack);
  await say('s1', `follow ${number()}`, { id: 'C1', kind: 'group' });
  await say('s2', '还是连不上', thread);
  await say('s3', '午饭吃什么', { id: 'C1', kind: 'group' });
  const bodies = engineer()
    .cases()[0]
    ?.communications.map(({ body }) => body.split('\n')[0]);
  expect(bodies?.sort()).toEqual(['旧内容', '还是连不上'].sort());
});
it('lets no file that AWS does not give out keep the next answer waiting', async () => {
  at.office.app.sendFile = async () => undefined;
  await submit();
  at.clock.now += 60_000;
  engineer().answer(number(), '见附件', [{ fileName: '日志.txt', data: Buffer.from('x') }]);
  at.clock.now += 1_000;
  engineer().answer(number(), '下一条');
  await at.aws.setFault('support', { kind: 'error', operation: 'GetAttachmentDownloadLink' });
  await poll(at.bureau);
  expect(told('下一条')).toEqual([]);
  await poll(at.bureau);
  expect(told('下一条')).toHaveLength(1);
  expect(at.spoken.some(({ card }) => card.facts?.[0]?.value === '日志.txt' && card.links?.length === 1)).toBe(true);
}, 30_000);
it('tells the news of a case where it was asked for, as long as no group could be opened', async () => {
  const rejection = new DeliveryError('x', { reason: 'down', retryable: true });
  meanwhile = () => Promise.reject(rejection);
  await submit();
  at.clock.now += LEASE_MS;
  engineer().answer(number(), '请重启');
  await poll(at.bureau);
  expect(told('请重启')).toEqual(['cid1']);
});
