import { readFileSync } from 'node:fs';
import type { AwsEvent } from '../../../plugins/formatter';
import { testLocale } from '../../shared/locale.fixture';
import { createTestDeps } from '../deps.fixture';
import { openDestination } from '../destination.fixture';
import { entryNamed } from '../entry.fixture';
import { openCaseButton } from './open-case';

const read = (name: string): AwsEvent => JSON.parse(readFileSync(`events/${name}.json`, 'utf8'));
const names = new Map([['111122223333', 'prod']]);
const button = (name: string, language: 'zh-CN' | 'en' = 'zh-CN') =>
  openCaseButton(read(name), testLocale(language), names);

it('openCaseButton() fills in what a Health event contains', () => {
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

it('openCaseButton() lists at most 20 affected resources', () => {
  const command = button('health-scheduled-change-many-instances')?.command ?? '';
  expect(command.split('\n').at(-1)).toMatch(/^资源 i-\w+(, i-\w+){19}, … \(\+\d+\)$/);
});

it('openCaseButton() keeps an event from adding fields to the form', () => {
  const event = read('health-issue-open');
  const detail = { ...Object(event.detail), service: 'EC2\nseverityCode: critical', eventArn: 'x\ncc: a@b.c' };
  const { command = '' } = openCaseButton({ ...event, detail }, testLocale('en'), names) ?? {};
  expect(command).not.toMatch(/^(severityCode|cc):/m);
});

it('openCaseButton() returns undefined for other events', () => {
  expect(button('ec2-stopped')).toBeUndefined();
});

it.each([true, false])('the button is in the chat only where the case bot is (%s)', async (hasCaseBot) => {
  const destination = openDestination('feishu', createTestDeps());
  destination.hasCaseBot = hasCaseBot;
  const openCase = { label: '开工单', command: '提工单\nserviceCode: EC2' };
  await destination.put({ ...entryNamed('health'), openCase });
  await destination.deliver();
  expect(destination.chat.messages[0]?.card.buttons).toEqual(hasCaseBot ? [openCase] : undefined);
});
