import type { DeliveryError } from '@casebell/im';
import type { Following } from '../following';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { poll } from './poll';

const REQUEST = {
  body: '实例',
  serviceCode: 'aws-lambda',
  categoryCode: 'general-guidance',
  severityCode: 'low',
  issueType: 'technical',
  cc: [],
};

/** What each place does with what is said there; a place that is not named takes it. */
const refusals = new Map<string, DeliveryError>();
let at: TestOffice;
beforeEach(async () => {
  refusals.clear();
  at = await openTestOffice({
    app: {
      async send(card, to) {
        const refusal = refusals.get(to.id);
        if (refusal) throw refusal;
        at.spoken.push({ card, to });
      },
    },
  });
});
afterEach(() => at.close());

const engineer = () => at.aws.support.engineer;
const quotes = () => at.spoken.map(({ card }) => card.quote);

/** A case that was opened elsewhere and is followed in this group. */
async function followed(group: string): Promise<string> {
  at.clock.now += 600_000;
  const caseId = await at.office.accounts.desk('main').open({ ...REQUEST, subject: group });
  const { displayId = '' } = (await at.office.accounts.desk('main').find({ caseId })) ?? {};
  at.clock.now += 60_000;
  await at.say(`关注工单 ${displayId}`, { conversation: { id: group, kind: 'group' } });
  at.spoken.length = 0;
  at.lines.length = 0;
  return displayId;
}

const supportCalls = async () => (await at.aws.usage()).requests['support.DescribeCases'] ?? 0;

it('tells of the others when AWS does not have one of the cases any more, and soon asks for that one no longer', async () => {
  const ids = [await followed('g1'), await followed('g2'), await followed('g3')];
  const lost: Following = {
    account: 'main',
    caseId: 'case-111122223333-muzh-2024-0123456789abcdef',
    displayId: '1',
    bot: 'dingtalk/main',
    place: { id: 'g0', kind: 'group' },
    status: 'opened',
    watermark: at.clock.now,
    told: [],
  };
  await at.office.store.follow(lost);
  for (const id of ids) {
    engineer().answer(id, id);
    engineer().resolve(id);
  }
  await poll(at.bureau);
  expect(quotes()).toEqual(expect.arrayContaining(ids));
  at.clock.now += 2 * 86_400_000;
  await poll(at.bureau);
  const before = await supportCalls();
  await poll(at.bureau);
  expect((await supportCalls()) - before).toBe(1);
});
