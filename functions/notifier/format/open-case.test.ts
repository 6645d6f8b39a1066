import { readFileSync } from 'node:fs';
import type { AwsEvent } from '../../../plugins/formatter';
import { testLocale } from '../../shared/locale.fixture';
import { entryNamed } from '../entry.fixture';
import { createTestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { closeRooms, openTeam } from '../room.fixture';
import { openCaseButton } from './open-case';

const read = (name: string): AwsEvent => JSON.parse(readFileSync(`events/${name}.json`, 'utf8'));
const names = new Map([['111122223333', 'prod']]);
const button = (name: string, language: 'zh-CN' | 'en' = 'zh-CN') =>
  openCaseButton(read(name), testLocale(language), names);

let tables: EmulatedTables;
beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
afterEach(closeRooms);

it('fills in what a Health event knows', () => {
  expect(button('health-issue-open')).toEqual({
    label: '开工单（把下面几行发给工单机器人）',
    command: [
      '开工单',
      'account: prod',
      'subject: AWS_EC2_OPERATIONAL_ISSUE (us-east-1)',
      'serviceCode: EC2',
      'body: 关于 AWS Health 事件 arn:aws:health:us-east-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/AWS_EC2_OPERATIONAL_ISSUE_5b89633eb193',
      '账号 111122223333，区域 us-east-1',
    ].join('\n'),
  });
  expect(button('health-abuse-dos', 'en')?.command).toMatch(/^open\n/);
});
it('names the affected resources, as many as are read', () => {
  const command = button('health-scheduled-change-many-instances')?.command ?? '';
  expect(command.split('\n').at(-1)).toMatch(/^资源 i-\w+(, i-\w+){19}, … \(\+\d+\)$/);
});
it('lets no event write fields of its own into the form', () => {
  const event = read('health-issue-open');
  const detail = { ...Object(event.detail), service: 'EC2\nseverityCode: critical', eventArn: 'x\ncc: a@b.c' };
  const { command = '' } = openCaseButton({ ...event, detail }, testLocale('en'), names) ?? {};
  expect(command).not.toMatch(/^(severityCode|cc):/m);
});
it('is on no other card', () => {
  expect(button('ec2-stopped')).toBeUndefined();
});
it.each([true, false])('is told where the case bot lives, and only there (%s)', async (hasCaseBot) => {
  const office = createTestDeps(tables.open);
  const team = await openTeam('feishu', office);
  Object.assign(team.destination, { hasCaseBot });
  await team.put({ ...entryNamed('health'), openCase: { label: '开工单', command: '提工单\nserviceCode: EC2' } });
  await team.deliver();
  expect(JSON.stringify(team.room.messages[0]?.view.lines).includes('serviceCode: EC2')).toBe(hasCaseBot);
});
