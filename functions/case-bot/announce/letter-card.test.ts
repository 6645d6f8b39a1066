import { testLocale } from '../../shared/locale.fixture';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import type { CaseReply } from '../updates/case-replies';
import { replyCard, resolvedCard, statusCard } from '../updates/reply-card';

let at: TestOffice;
beforeAll(async () => {
  at = await openTestOffice({ app: { createThread: async () => ({ id: 'oc_1', kind: 'group' }) } });
});
afterAll(() => at.close());

const following = {
  account: 'main',
  caseId: 'case-1',
  displayId: '1234567890',
  bot: 'feishu/main',
  conversation: { id: 'oc_1', kind: 'group' },
  status: 'opened',
  watermark: 0,
  delivered: [],
} as const;
const opened = Date.parse('2026-11-20T08:00:00Z');
const letter = (submittedBy: string): CaseReply => ({
  id: submittedBy,
  sentAt: opened,
  time: new Date(opened).toISOString(),
  submittedBy,
  body: 'b',
  attachments: [],
});
const found = {
  caseId: 'case-1',
  displayId: '1234567890',
  subject: 's',
  status: 'resolved',
  serviceCode: 'aws-lambda',
  severityCode: 'low',
  submittedBy: 'us',
  time: new Date(opened).toISOString(),
  latest: [],
};
const english = () => ({ ...at.office, locale: testLocale('en') });

it('says how to write to AWS where what is written does not go there by itself', () => {
  const aws = letter('Amazon Web Services');
  expect(replyCard(aws, { ...following, reference: 'CB-7K3M9Q2A' }, at.office).text).toBeUndefined();
  const thread = { ...following.conversation, thread: '1.2' };
  expect(replyCard(aws, { ...following, conversation: thread }, at.office).text).toBeUndefined();
  expect(replyCard(aws, following, at.office).text).toBe('回复工单：`回复 1234567890 内容`');
  expect(replyCard(aws, following, english()).text).toBe('To write to AWS Support: `reply 1234567890 TEXT`');
});
it('tells what AWS has written from what our side has', () => {
  const titles = ['Amazon Web Services', 'li@example.com'].map(
    (by) => replyCard(letter(by), following, english()).title,
  );
  expect(titles).toEqual(['AWS has answered in case 1234567890', 'Our side has written in case 1234567890']);
});
it.each([
  [0, 'Resolved after 1 minute: 1 message from us, 1 from AWS.', '历时 1 分钟解决：我方 1 条消息，AWS 1 条回复。'],
  [
    7_200_000,
    'Resolved after 2 hours: 1 message from us, 1 from AWS.',
    '历时 2 小时解决：我方 1 条消息，AWS 1 条回复。',
  ],
  [
    259_200_000,
    'Resolved after 3 days: 1 message from us, 1 from AWS.',
    '历时 3 天解决：我方 1 条消息，AWS 1 条回复。',
  ],
])('sums a case up that is resolved after %d ms, in both languages', (after, en, zh) => {
  const letters = [letter('us'), letter('Amazon Web Services')];
  const now = () => opened + after;
  expect(resolvedCard(found, letters, { ...english(), now }).text).toBe(en);
  expect(resolvedCard(found, letters, { ...at.office, now }).text).toBe(zh);
});
it('says when AWS waits for an answer, and how to give one', () => {
  const card = statusCard({ ...found, status: 'pending-customer-action' }, english());
  expect(card).toMatchObject({ title: 'Case 1234567890: waiting for you', text: 'AWS is waiting for your answer.' });
  expect(card.buttons).toEqual([{ label: 'Reply', command: 'reply 1234567890' }]);
});
