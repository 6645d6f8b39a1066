import { readFileSync } from 'node:fs';
import { NO_CASE_BOT } from '../../application';
import { ROOMS } from '../../chat/rooms';
import { eventOf } from '../storm/event';
import { TOLD } from '../storm/road';
import { run } from './run';
import { type Asked, scaled, sumOf } from './tally';

/** What each thing that happens asks of AWS. */
export interface Counted {
  /** One that is told alone: in digests it costs less. */
  event: Asked;
  /** The same for each chat that is told of it. */
  telling: Asked;
  /** The sweep of a minute, and what it asks for each chat. */
  sweep: Asked;
  look: Asked;
  /** The case bot's, with one case open. */
  poll: Asked;
  /** One that somebody says to the case bot, on the way from "help" to a case that is resolved. */
  message: Asked;
  /** One question to the model, with what the notice itself costs left out. */
  summary: Asked;
}

const EVENTS = 12;
const SWEEPS = 10;
const POLLS = 5;
const SUMMARIES = 5;
/** In real milliseconds: what is under way may take so long on a busy machine. */
const PATIENCE = 20_000;
/** In real ms: DingTalk's robot takes its next message after five seconds of the clock. */
const PACE = 700;

/** Counts on this machine's AWS, over the real functions. */
export async function count(): Promise<Counted> {
  const alone = [];
  for (const platform of TOLD) alone.push(await notifier([platform]));
  const together = await notifier(TOLD);
  const [event, telling] = apart(
    alone.map((one) => one.event),
    together.event,
  );
  const [sweep, look] = apart(
    alone.map((one) => one.sweep),
    together.sweep,
  );
  return { event, telling, sweep, look, ...(await caseBot()), summary: await model() };
}

/**
 * What is asked once, and what for each chat: by what was asked for each of some chats alone, and for all of them together. Chats are
 * told at the same time, so that Lambda's time is that for all of them.
 */
function apart(alone: readonly Asked[], { bill, metrics }: Asked): [once: Asked, each: Asked] {
  const { gigabyteSeconds, ...all } = bill;
  const one = scaled(sumOf(...alone.map(({ bill: { gigabyteSeconds: _, ...rest } }) => rest)), 1 / alone.length);
  const each = scaled(sumOf(all, scaled(one, -1)), 1 / (alone.length - 1));
  return [
    { bill: { ...sumOf(one, scaled(each, -1)), gigabyteSeconds }, metrics },
    { bill: each, metrics: new Set() },
  ];
}

const telling = (platforms: readonly string[]) => {
  const rooms = ROOMS.filter(({ platform }) => platforms.includes(platform));
  const [urls, secrets] = [rooms.map(({ url }) => url), rooms.map(({ secret }) => secret ?? '-')];
  return { WebhookUrl: urls.join(' '), WebhookSecret: secrets.join(' ') };
};

const notifier = (platforms: readonly string[]) =>
  run({ ...NO_CASE_BOT, ...telling(platforms) }, async (application, { asking }) => {
    const { aws, stack, clock, send } = application;
    const tell = async (number: number) => {
      await send(JSON.stringify(eventOf(number, clock.now())));
      await stack.idle(PATIENCE);
      await new Promise((resolve) => setTimeout(resolve, PACE));
    };
    // What a cold start asks for is not asked again.
    await tell(EVENTS);
    const event = await asking(aws, EVENTS, tell);
    const sweep = await asking(aws, SWEEPS, async () => stack.functions.Notifier?.({ casebell: 'sweep' }));
    return { event, sweep };
  });

const SAYS = [
  '帮助',
  '提工单\nsubject:费用\nbody:从 10:00 开始报错\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:other',
  '提交',
  '历史',
  '查找服务 EC2',
];

const caseBot = () =>
  run(telling(['slack']), async ({ aws, stack, chats }, { asking }) => {
    const feishu = chats.workspaces.find(({ platform }) => platform === 'feishu');
    if (!feishu) throw new Error('Nobody works on Feishu.');
    const [by, talk] = [feishu.users[1]?.id ?? '', feishu.conversations[0]?.id ?? ''];
    const say = async (text: string) => {
      await feishu.say(by, talk, text, { mention: true });
      await stack.idle(PATIENCE);
    };
    await say('帮助');
    const said = await asking(aws, SAYS.length, (time) => say(SAYS[time] ?? ''));
    if (aws.support.engineer.cases().length !== 1) throw new Error('The case was not filed.');
    const poll = await asking(aws, POLLS, async () => stack.functions.CaseWorker?.({ casebell: 'poll' }));
    const { sqsRequests: fifoRequests = 0, ...bill } = said.bill;
    return { poll, message: { ...said, bill: { ...bill, fifoRequests } } };
  });

const model = () =>
  run({ ...NO_CASE_BOT, ...telling(['feishu']), EnableLLM: 'true' }, async ({ aws, stack, send }, { asking }) => {
    const notice = readFileSync('events/health-issue-open.json', 'utf8');
    const before = aws.bedrock.requests.length;
    const { metrics } = await asking(aws, SUMMARIES, async (time) => {
      await send(notice.replaceAll('5b89633eb193', `5b89633e${1000 + time}`));
      await stack.idle(PATIENCE);
    });
    const asked = aws.bedrock.requests.slice(before);
    if (asked.length === 0) throw new Error('The model was not asked.');
    const inputTokens = asked.reduce((sum, { system, text }) => sum + tokensOf(system + text), 0) / asked.length;
    const own = [...metrics].filter((metric) => /^(Model|Summar)/.test(metric));
    return { bill: { inputTokens, outputTokens: ANSWER }, metrics: new Set(own) };
  });

/** Nova's own tokens are not known here: three and a half bytes each, as the emulator counts. */
const tokensOf = (words: string): number => Math.ceil(Buffer.byteLength(words) / 3.5);
/** Tokens of an answer of two or three sentences; what is billed at most is LlmMaxTokens, 400. */
const ANSWER = 150;
