import { distortions, factOf, readerOf, sample } from '../locale.fixture';
import formatter from './formatter';

type Event = Parameters<typeof formatter.format>[0];
const english = readerOf('en');
const chinese = readerOf('zh-CN');

const stoppedWith = (changes: Record<string, unknown>): Event => ({
  ...sample<Event['detail']>('ec2-stopped'),
  ...changes,
});

it.each([
  ['ec2-stopped', 'warning', 'stopped', '已停止'],
  ['ec2-terminated', 'warning', 'terminated', '已终止'],
  ['ec2-running', 'resolved', 'running', '已启动'],
])('says of %s what happened and how bad it is', (name, severity, word, chineseWord) => {
  expect(formatter.format(sample(name), english)).toMatchObject({
    title: expect.stringMatching(new RegExp(`^EC2 instance ${word} · i-0\\w+$`)),
    severity,
  });
  expect(formatter.format(sample(name), chinese).title).toMatch(new RegExp(`^告警 · EC2 实例${chineseWord} · i-0`));
});

it('the card asks whether a stop was planned, and says where to look', () => {
  expect(formatter.format(sample('ec2-stopped'), english).text).toContain('`StopInstances`');
  expect(formatter.format(sample('ec2-stopped'), chinese).text).toContain('是计划内操作吗');
});

it('the card links to the instance in the China console', () => {
  expect(formatter.format(sample('ec2-china'), english).links?.[0]?.url).toMatch(
    /^https:\/\/cn-north-1\.console\.amazonaws\.cn\/ec2\/home\?region=cn-north-1#InstanceDetails:instanceId=i-0\w+$/,
  );
});

it('the card finds the instance under either name of the field, or in the resources', () => {
  const named = stoppedWith({ detail: { instance_id: 'i-0abc', state: 'terminated' } });
  expect(factOf(formatter.format(named, english), 'Resources')).toBe('i-0abc');
  const resources = ['arn:aws:ec2:us-east-1:1:instance/i-0def'];
  const unnamed = stoppedWith({ detail: { state: 'stopped' }, resources });
  expect(factOf(formatter.format(unnamed, english), 'Resources')).toBe('i-0def');
});

it('the card shows an unknown state unchanged', () => {
  expect(formatter.format(stoppedWith({ detail: { state: 'constructor' } }), english)).toMatchObject({
    title: expect.stringContaining('EC2 instance constructor'),
    severity: 'info',
  });
});

it('format() never throws, whatever an event holds', () => {
  for (const event of distortions(sample('ec2-stopped'))) {
    expect(formatter.format(event as Event, chinese).title).toContain('告警 · EC2 实例');
  }
});
