import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { handleCaseEvent } from '../updates/case-event';
import { poll } from '../updates/poll';

const KIND = { serviceCode: 'aws-lambda', categoryCode: 'general-guidance', severityCode: 'low' };
const REQUEST = { ...KIND, body: 'b', issueType: 'technical', cc: [] };
const WHOLE = `提工单\nsubject:s\nbody:b\n${Object.entries(KIND)
  .map(([name, value]) => `${name}:${value}`)
  .join('\n')}`;

let at: TestOffice;
afterEach(() => at.close());

it('tells the very first new case of an account, too', async () => {
  at = await openTestOffice({ bot: { newCaseConversation: 'cid-cases' } });
  await poll(at.bureau);
  at.clock.now += 1_000;
  await at.desk.createCase({ ...REQUEST, subject: '第一个' });
  at.clock.now += 1_000;
  await poll(at.bureau);
  expect(at.spoken[0]?.card.title).toContain('第一个');
});
it('leaves a case that is being filed from a chat to its own place', async () => {
  at = await openTestOffice({
    bot: { newCaseConversation: 'cid-cases' },
    app: {
      async createThread(_place, _from, idempotencyKey) {
        await poll(at.bureau);
        return { id: `oc_${idempotencyKey}`, kind: 'group' };
      },
    },
  });
  await at.desk.createCase({ ...REQUEST, subject: '旧的' });
  at.clock.now += 1_000;
  await poll(at.bureau);
  at.clock.now += 1_000;
  const review = await at.say(WHOLE);
  await at.say(review?.buttons?.[0]?.command ?? '');
  at.clock.now += 60_000;
  const [filed] = at.aws.support.engineer.cases().filter(({ subject }) => subject === 's');
  at.aws.support.engineer.answer(filed?.displayId ?? '', '一');
  await poll(at.bureau);
  const told = at.spoken.filter(({ card }) => card.quote === '一');
  expect(told.map(({ to }) => to.id)).toEqual([expect.stringMatching(/^oc_CB-/)]);
  expect(at.spoken.map(({ to }) => to.id)).not.toContain('cid-cases');
});
it('brings a case in that was opened elsewhere, and tells its news from then on', async () => {
  at = await openTestOffice();
  await at.desk.createCase({ ...REQUEST, subject: '控制台开的', body: '旧内容' });
  const { displayId = '', caseId = '' } = at.aws.support.engineer.cases()[0] ?? {};
  at.clock.now += 3_600_000;
  expect((await at.say(`关注工单 ${displayId}`))?.title).toContain('更新会发到这里');
  at.spoken.length = 0;
  at.aws.support.engineer.answer(displayId, '新的');
  const detail = { 'case-id': caseId, 'display-id': displayId, 'event-name': 'AddCommunicationToCase', origin: 'AWS' };
  await handleCaseEvent({ account: at.aws.account, time: new Date(at.clock.now).toISOString(), detail }, at.bureau);
  expect(at.spoken.map(({ card, to }) => [card.quote, to.id])).toEqual([['新的', 'cid1']]);
  expect((await at.say(`follow ${displayId}`))?.title).toContain('已在关注');
});
it('tells all new cases of its accounts where its profile wants them, and no old ones', async () => {
  at = await openTestOffice({ bot: { newCaseConversation: 'cid-cases' } });
  await at.desk.createCase({ ...REQUEST, subject: '旧的' });
  at.clock.now += 1_000;
  await poll(at.bureau);
  expect(at.spoken).toEqual([]);
  at.clock.now += 1_000;
  await at.desk.createCase({ ...REQUEST, subject: '新的' });
  at.clock.now += 1_000;
  await poll(at.bureau);
  expect(at.spoken.map(({ to }) => to.id)).toEqual(['cid-cases', 'cid-cases']);
  expect(at.spoken[0]?.card.title).toContain('新的');
  await poll(at.bureau);
  expect(at.spoken).toHaveLength(2);
});
