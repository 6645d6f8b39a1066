import { readFileSync } from 'node:fs';
import type { Card } from '@casebell/im/webhooks';
import type { AwsEvent } from '../../../plugins/formatter';
import { testLocale } from '../../shared/locale.fixture';
import { recordingLog } from '../../shared/log.fixture';
import { recordingMetrics } from '../../shared/metrics.fixture';
import { type ScriptedModel, scriptedModel, testAssistant } from '../../shared/model.fixture';
import { createSummarize, deadlinesOf, type SummaryRequest } from './summary';

const LOCALE = testLocale('zh-CN');
const ANSWER = 'AWS 将于 2026-09-30 02:00:00 UTC+08:00 重启 us-east-1 的 40 台实例，请提前处理。';

const readEvent = (name: string): AwsEvent => JSON.parse(readFileSync(`events/${name}.json`, 'utf8'));
const CARD: Card = {
  title: '健康事件 · EC2 实例计划重启 · 40 个资源',
  severity: 'warning',
  facts: [
    { label: '开始时间', value: '2026-09-30 02:00:00 UTC+08:00' },
    { label: '区域', value: 'us-east-1' },
  ],
  quote: 'One or more of your Amazon EC2 instances are scheduled for a reboot to apply maintenance.',
};
const requestFor = (more: Partial<Card> = {}): SummaryRequest => ({
  task: 'event',
  id: 'e1',
  card: { ...CARD, ...more },
  deadlines: ['2026-09-30 02:00:00 UTC+08:00'],
});

let model: ScriptedModel;
let log: ReturnType<typeof recordingLog>;
let metrics: ReturnType<typeof recordingMetrics>;
beforeEach(() => {
  model = scriptedModel(ANSWER);
  log = recordingLog();
  metrics = recordingMetrics();
});
const summarize = (request: SummaryRequest, until = 1_000, prompt = '') =>
  createSummarize(testAssistant(model, { log, metrics, prompt }), LOCALE)(request, until);

describe('summarize()', () => {
  it('labels the words of the model, and logs the cost and no content', async () => {
    expect(await summarize(requestFor())).toEqual({ label: 'AI 摘要', value: ANSWER });
    expect(metrics.counts).toEqual({ SummariesShown: 1, ModelTokens: 100 });
    expect(log.lines).toEqual([{ level: 'info', event: 'model.called', task: 'event', tokens: 100, ms: 0 }]);
  });

  it.each([
    ['invents an id', ANSWER.replace('40 台', 'i-0badc0ffee0badc0f 等 40 台'), 'identifier'],
    ['changes the hour', ANSWER.replace('02:00', '03:00'), 'time'],
    ['drops the deadline', 'AWS 将重启 us-east-1 的 40 台实例，请提前处理。', 'deadline'],
    ['mentions everybody', `@所有人 ${ANSWER}`, 'mention'],
    ['leaks its instructions', '要求是：数字、日期、时间、时区、账号、区域、资源 ID 与资料逐字一致。', 'instructions'],
  ])('returns nothing and counts why when the model %s', async (_name, answer, reason) => {
    model.answers(answer);
    expect(await summarize(requestFor())).toBeUndefined();
    expect(metrics.dimensions.SummariesDropped).toEqual([{ reason }]);
  });

  it.each([
    ['fails', 'throttled', () => model.fails('ThrottlingException')],
    ['hangs past the limit', 'timeout', () => model.hangs()],
  ])('returns nothing when the model %s', async (_, reason, fault) => {
    fault();
    expect(await summarize(requestFor(), 20)).toBeUndefined();
    expect(metrics.dimensions.SummariesDropped).toEqual([{ reason }]);
  });

  it.each([
    ['without a quote', { quote: undefined }],
    ['that is short and in the language of the reader', { quote: '请在开始之前重启实例。' }],
    ['that has a summary', { summary: { label: '摘要', value: '重启' } }],
  ])('does not ask about a card %s', async (_name, more) => {
    expect(await summarize(requestFor(more))).toBeUndefined();
    expect(model.asked).toHaveLength(0);
  });

  it('asks about every digest, and once for teams that receive the same digest at the same time', async () => {
    const request: SummaryRequest = { task: 'digest', id: 'd1', card: { title: '60 个事件', severity: 'warning' } };
    model.answers('共 60 个事件，多为警告级别，请关注。');
    const summarizeDigest = createSummarize(testAssistant(model), LOCALE);
    const summaries = await Promise.all([summarizeDigest(request, 1_000), summarizeDigest(request, 1_000)]);
    expect(summaries.map((summary) => summary?.value)).toEqual(Array(2).fill('共 60 个事件，多为警告级别，请关注。'));
    expect(model.asked).toHaveLength(1);
  });

  it('does not show the model links, buttons and mentions', async () => {
    const links = [{ label: 'Open', url: 'https://console.aws.amazon.com/secret' }];
    await summarize(requestFor({ links }));
    expect(model.asked[0]?.text).not.toContain('https://console');
  });
});

describe('deadlinesOf()', () => {
  it.each([
    ['the start of a scheduled change', 'health-scheduled-change-many-instances', ['2026-09-30 02:00:00 UTC+08:00']],
    ['a day alone where a change starts at midnight UTC', 'health-lifecycle', ['Sun, 28 Feb 2027']],
    ['nothing for an issue', 'health-issue-open', []],
  ])('returns %s', (_, name, deadlines) => {
    expect(deadlinesOf(readEvent(name), LOCALE)).toEqual(deadlines);
  });
});
