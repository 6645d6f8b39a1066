import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { poll } from './poll';

const KIND = { serviceCode: 'aws-lambda', categoryCode: 'general-guidance', severityCode: 'low' };
const REQUEST = { ...KIND, body: 'b', issueType: 'technical', cc: [] };
const WHOLE = `提工单\nsubject:s\nbody:b\n${Object.entries(KIND)
  .map(([name, value]) => `${name}:${value}`)
  .join('\n')}`;

let at: TestOffice;
afterEach(() => at.close());

it('tells the very first new case of an account, too', async () => {
  at = await openTestOffice({ bot: { newCasesIn: 'cid-cases' } });
  await poll(at.bureau);
  at.clock.now += 1_000;
  await at.desk.open({ ...REQUEST, subject: '第一个' });
  at.clock.now += 1_000;
  await poll(at.bureau);
  expect(at.spoken[0]?.card.title).toContain('第一个');
});
it('leaves a case that is being filed from a chat to its own place', async () => {
  at = await openTestOffice({
    bot: { newCasesIn: 'cid-cases' },
    app: {
      async openPlace(_place, _from, once) {
        await poll(at.bureau);
        return { id: `oc_${once}`, kind: 'group' };
      },
    },
  });
  await at.desk.open({ ...REQUEST, subject: '旧的' });
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
