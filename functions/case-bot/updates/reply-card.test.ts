import { testLocale } from '../../shared/locale.fixture';
import type { CaseSubscription } from '../domain/case-subscription';
import { createTestContext } from '../test-context.fixture';
import type { CaseReply } from './case-replies';
import { replyCard, resolvedCard, statusCard } from './reply-card';

const { ctx } = createTestContext({ hasGroups: true });
const english = { ...ctx, locale: testLocale('en') };
const subscription: CaseSubscription = {
  ...{ account: 'main', caseId: 'case-1', displayId: '1234567890', bot: 'feishu/main', status: 'opened' },
  conversation: { id: 'oc_1', kind: 'group' },
  ...{ watermark: 0, delivered: [] },
};
const OPENED = Date.parse('2026-11-20T08:00:00Z');
const time = new Date(OPENED).toISOString();
const reply = (submittedBy: string): CaseReply => ({
  ...{ id: submittedBy, sentAt: OPENED, time, submittedBy, body: 'b', attachments: [] },
});
const found = {
  ...{ caseId: 'case-1', displayId: '1234567890', subject: 's', status: 'resolved', submittedBy: 'us', time },
  ...{ serviceCode: 'aws-lambda', severityCode: 'low', latest: [] },
};

it('replyCard() explains how to reply, unless everything in the conversation goes to AWS', () => {
  const aws = reply('Amazon Web Services');
  expect(replyCard(aws, { ...subscription, reference: 'CB-7K3M9Q2A' }, ctx).text).toBeUndefined();
  const thread = { ...subscription.conversation, thread: '1.2' };
  expect(replyCard(aws, { ...subscription, conversation: thread }, ctx).text).toBeUndefined();
  expect(replyCard(aws, subscription, ctx).text).toBe('回复工单：`回复 1234567890 内容`');
  expect(replyCard(aws, subscription, english).text).toBe('To write to AWS Support: `reply 1234567890 TEXT`');
});
it('replyCard() names in its title which side has written', () => {
  const titles = ['Amazon Web Services', 'li@example.com'].map(
    (by) => replyCard(reply(by), subscription, english).title,
  );
  expect(titles).toEqual(['AWS has replied in case 1234567890', 'Our side has written in case 1234567890']);
});
it.each([
  [0, '1 minute', '1 分钟'],
  [7_200_000, '2 hours', '2 小时'],
  [259_200_000, '3 days', '3 天'],
])('resolvedCard() sums up a case that was resolved after %d ms', (after, en, zh) => {
  const replies = [reply('us'), reply('Amazon Web Services')];
  const now = () => OPENED + after;
  expect(resolvedCard(found, replies, { ...english, now }).text).toBe(
    `Resolved after ${en}: 1 message from us, 1 from AWS.`,
  );
  expect(resolvedCard(found, replies, { ...ctx, now }).text).toBe(`历时 ${zh}解决：我方 1 条消息，AWS 1 条回复。`);
});
it('statusCard() has a button to reply with where AWS waits for the customer', () => {
  const card = statusCard({ ...found, status: 'pending-customer-action' }, english);
  expect(card).toMatchObject({ title: 'Case 1234567890: waiting for you', text: 'AWS is waiting for your reply.' });
  expect(card.buttons).toEqual([{ label: 'Reply', command: 'reply 1234567890' }]);
});
