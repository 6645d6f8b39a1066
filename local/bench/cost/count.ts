import { readFileSync } from 'node:fs';
import { NO_CASE_BOT } from '../../application';
import { isBotPlatform } from '../../chat/platform';
import { platformNamed } from '../../chat/platforms';
import type { ROOMS } from '../../chat/rooms';
import { eventOf } from '../load/event';
import { LOAD_ROOMS, webhookParameters } from '../load/target';
import { runCounted } from './run';
import { type Counted, scaled, sumOf } from './tally';

/** The requests to AWS of each activity. */
export interface Activities {
  /** An event that is delivered alone; in digests it costs less. */
  event: Counted;
  /** Per event and chat. */
  delivery: Counted;
  sweep: Counted;
  /** Per sweep and chat. */
  check: Counted;
  /** Of the case bot, with one open case. */
  poll: Counted;
  /** A message to the case bot, from "help" to the end of a case. */
  message: Counted;
  /** A question to the model, without the costs of its event. */
  summary: Counted;
}

const EVENTS = 12;
const SWEEPS = 10;
const POLLS = 5;
const SUMMARIES = 5;
/** Real time, for a busy machine. */
const IDLE_TIMEOUT_MS = 20_000;
/** Real time: DingTalk's robot accepts its next message after five seconds of the clock. */
const INTERVAL_MS = 700;

type Rooms = typeof ROOMS;

/** Counts with the real functions on this machine's AWS. */
export async function countActivities(): Promise<Activities> {
  const alone = [];
  for (const room of LOAD_ROOMS) alone.push(await countNotifier([room]));
  const together = await countNotifier(LOAD_ROOMS);
  const [event, delivery] = perEventAndChat(
    alone.map((one) => one.event),
    together.event,
  );
  const [sweep, check] = perEventAndChat(
    alone.map((one) => one.sweep),
    together.sweep,
  );
  return { event, delivery, sweep, check, ...(await countCaseBot()), summary: await countModel() };
}

/**
 * Separates what is requested once from what is requested for each chat, by the counts for each chat alone and for all of
 * them together. Deliveries run at the same time, so that Lambda's time is that for all of them.
 */
function perEventAndChat(alone: readonly Counted[], { bill, metrics }: Counted): [once: Counted, perChat: Counted] {
  const { gigabyteSeconds, ...all } = bill;
  const one = scaled(sumOf(...alone.map(({ bill: { gigabyteSeconds: _, ...rest } }) => rest)), 1 / alone.length);
  const perChat = scaled(sumOf(all, scaled(one, -1)), 1 / (alone.length - 1));
  return [
    { bill: { ...sumOf(one, scaled(perChat, -1)), gigabyteSeconds }, metrics },
    { bill: perChat, metrics: new Set() },
  ];
}

const countNotifier = (rooms: Rooms) =>
  runCounted({ ...NO_CASE_BOT, ...webhookParameters(rooms) }, async (application, { count }) => {
    const { aws, stack, clock, send } = application;
    const sendEvent = async (number: number) => {
      await send(JSON.stringify(eventOf(number, clock.now())));
      await stack.idle(IDLE_TIMEOUT_MS);
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    };
    // The requests of a cold start are not counted.
    await sendEvent(EVENTS);
    const event = await count(aws, EVENTS, sendEvent);
    const sweep = await count(aws, SWEEPS, async () => stack.functions.Notifier?.({ casebell: 'sweep' }));
    return { event, sweep };
  });

const MESSAGES = [
  '帮助',
  '提工单\nsubject:费用\nbody:从 10:00 开始报错\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:other',
  '提交',
  '历史',
  '查找服务 EC2',
];

const countCaseBot = () =>
  runCounted(webhookParameters(LOAD_ROOMS.slice(-1)), async ({ aws, stack, chats }, { count }) => {
    const workspace = chats.workspaces.find(({ platform }) => {
      const chat = platformNamed(platform);
      return isBotPlatform(chat) && chat.caseConversation === 'group';
    });
    if (!workspace) throw new Error('There is no workspace.');
    const [user, conversation] = [workspace.users[1]?.id ?? '', workspace.conversations[0]?.id ?? ''];
    const say = async (text: string) => {
      await workspace.say(user, conversation, text, { mention: true });
      await stack.idle(IDLE_TIMEOUT_MS);
    };
    await say('帮助');
    const counted = await count(aws, MESSAGES.length, (time) => say(MESSAGES[time] ?? ''));
    if (aws.support.engineer.cases().length !== 1) throw new Error('The case was not created.');
    const poll = await count(aws, POLLS, async () => stack.functions.CaseWorker?.({ casebell: 'poll' }));
    const { sqsRequests: fifoRequests = 0, ...bill } = counted.bill;
    return { poll, message: { ...counted, bill: { ...bill, fifoRequests } } };
  });

const countModel = () => {
  const parameters = { ...NO_CASE_BOT, ...webhookParameters(LOAD_ROOMS.slice(1, 2)), EnableLLM: 'true' };
  return runCounted(parameters, async ({ aws, stack, send }, { count }) => {
    const notice = readFileSync('events/health-issue-open.json', 'utf8');
    const before = aws.bedrock.requests.length;
    const { metrics } = await count(aws, SUMMARIES, async (time) => {
      await send(notice.replaceAll('5b89633eb193', `5b89633e${1000 + time}`));
      await stack.idle(IDLE_TIMEOUT_MS);
    });
    const requests = aws.bedrock.requests.slice(before);
    if (requests.length === 0) throw new Error('The model was not called.');
    const inputTokens = requests.reduce((sum, { system, text }) => sum + tokensOf(system + text), 0) / requests.length;
    const own = [...metrics].filter((metric) => /^(Model|Summar)/.test(metric));
    return { bill: { inputTokens, outputTokens: ANSWER_TOKENS }, metrics: new Set(own) };
  });
};

/** Nova's tokens are not known here: three and a half bytes each, as the emulator counts. */
const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / 3.5);
/** Of two or three sentences; the maximum is LlmMaxTokens, 400. */
const ANSWER_TOKENS = 150;
