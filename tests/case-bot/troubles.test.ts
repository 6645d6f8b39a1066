import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalAws } from '../../local/aws/start-aws';
import { secretsOf } from './secrets.fixture';
import { type CaseWorld, openCaseWorld, PLATFORMS, textForm } from './world.fixture';

let runtime: CaseWorld;
const events: unknown[] = [];
beforeAll(async () => {
  runtime = await openCaseWorld({ onInvoked: (_source, event) => void events.push(event) });
});
afterAll(() => runtime.close());

const ACCOUNT = '000000000000';
/** What nobody in a chat should have to read. */
const RAW = /arn:|Exception|Error:|RequestId|\n\s+at |xoxb-|\bsession=/;

type Spoil = (aws: LocalAws) => unknown;
const TROUBLES: [what: string, words: string, spoil: Spoil][] = [
  ['there is no Support plan', '没有可通过 API 开工单的 AWS 支持计划', (aws) => aws.support.subscribe(ACCOUNT, 'none')],
  ['the role may not', 'AWS 拒绝了机器人', (aws) => aws.support.deny(ACCOUNT, 'CreateCase', 'DescribeCases')],
  ['Support throttles', '接口繁忙', (aws) => aws.setFault('support', { kind: 'throttle' })],
  ['too many cases were opened', '创建的工单过多', (aws) => aws.support.set({ casesPerHour: 0 })],
];

async function mend({ support, setFault }: LocalAws): Promise<void> {
  support.subscribe(ACCOUNT, 'business');
  support.deny(ACCOUNT);
  support.set({ casesPerHour: Number.POSITIVE_INFINITY });
  await setFault('support', undefined);
}

describe.each(PLATFORMS)('on %s', (platform) => {
  it.each(TROUBLES)(
    'says in plain words that %s, keeps the draft, and files it afterwards',
    async (what, words, spoil) => {
      const subject = `${platform}: ${what}`;
      const person = runtime.person(platform);
      expect(await person.say(textForm(subject))).toContain('请核对后提交');
      await spoil(runtime.aws);
      const answer = await person.press('提交');
      await mend(runtime.aws);
      expect(answer).toContain(words);
      expect(answer).not.toMatch(RAW);
      expect(runtime.cases(subject)).toEqual([]);
      await person.press('提交');
      expect(runtime.cases(subject)).toHaveLength(1);
    },
  );

  it('says it of a list, too', async () => {
    runtime.aws.support.subscribe(ACCOUNT, 'none');
    const answer = await runtime.person(platform).say('历史');
    await mend(runtime.aws);
    expect(answer).toContain('没有可通过 API 开工单的 AWS 支持计划');
    expect(answer).not.toMatch(RAW);
  });

  it('does one thing for a message that the platform delivers again, because the door was slow', async () => {
    const subject = `${platform}: 慢`;
    const person = runtime.person(platform);
    await person.say(textForm(subject));
    await person.press('提交');
    const { deliveries } = runtime.workplace(platform);
    const had = deliveries.length;
    // Slack tells of a mention twice.
    const times = platform === 'slack' ? 2 : 1;
    await runtime.aws.setFault('sqs', { kind: 'slow', operation: 'SendMessage', ms: 1_800, times });
    await person.say(`回复 ${runtime.cases(subject)[0]?.displayId} 只说一次`);
    const statuses = () => deliveries.slice(had).map(({ status }) => status);
    for (let waits = 0; waits < 500 && !statuses().includes(200); waits += 1) await sleep(20);
    await runtime.stack.idle();
    await runtime.aws.setFault('sqs', undefined);
    expect(statuses()).toEqual(expect.arrayContaining([503, 200]));
    const said = runtime.cases(subject)[0]?.communications.filter(({ body }) => body.startsWith('只说一次'));
    expect(said).toHaveLength(1);
  });
});

it('writes no secret, token or address that opens something into any line of any function', async () => {
  const secrets = await secretsOf(runtime, events);
  expect(secrets.length).toBeGreaterThan(20);
  const log = runtime.lines.join('\n');
  expect(log).toContain('message.understood');
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
