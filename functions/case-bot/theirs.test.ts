import { sanitize } from './domain/text';
import { openTestOffice, type TestOffice } from './test-office.fixture';

const LURE = '[AWS 登录](https://evil.example) **急** `open` zzq';
let at: TestOffice;
beforeAll(async () => {
  at = await openTestOffice();
});
afterAll(() => at.close());

it.each([
  ['a service', `查找 ${LURE}`],
  ['words', `历史 ${LURE}`],
  ['a person', `添加白名单 ${LURE}`],
  ['a field', `提工单\nsubject:s\nbody:b\nserviceCode:${LURE}\ncc:${LURE}\naccount:${LURE}`],
])('makes no link of what somebody typed for %s, and keeps it out of the log', async (_name, text) => {
  const answer = await at.say(text, { sender: { id: 'boss' } });
  expect(answer?.text).toMatch(/AWS|登录/);
  expect(answer?.text).not.toMatch(/\]\(|\*\*急|`open`/);
  expect(at.lines.join('\n')).not.toMatch(/evil|登录/);
});
it('names a file that is too large without its markup', async () => {
  at.office.app.fetchFile = async () => ({ name: LURE, size: 0, bytes: (async function* () {})() });
  await at.desk.createCase({
    subject: 's',
    body: 'b',
    serviceCode: 'aws-lambda',
    categoryCode: 'general-guidance',
    severityCode: 'low',
    issueType: 'technical',
    cc: [],
  });
  const { displayId } = at.aws.support.engineer.cases()[0] ?? {};
  const answer = await at.say(`附件 ${displayId}`, { files: [{ key: 'k', kind: 'file' }] });
  expect(answer?.text).toContain('AWS 登录');
  expect(answer?.text).not.toContain('](');
});
it('keeps long words short, and no character in halves', () => {
  expect(sanitize('😀'.repeat(200))).toMatch(/^(😀)+…$/u);
  expect(sanitize('短')).toBe('短');
});
