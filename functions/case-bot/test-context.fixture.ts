import type { Card, ChatApp, ChatMessage } from '@casebell/im/bots';
import { parseServedAccounts } from '../shared/accounts';
import { testLocale } from '../shared/locale.fixture';
import { type RecordingMetrics, recordingMetrics } from '../shared/metrics.fixture';
import { type ScriptedModel, scriptedModel, testAssistant } from '../shared/model.fixture';
import { createMemorySupport, type MemorySupport } from './aws/support/memory-support';
import { handleMessage } from './conversation/handle-message';
import { accountsOf } from './domain/accounts';
import type { BotConfig, BotContext, WorkerContext } from './domain/context';
import type { SupportClient } from './domain/support-client';
import { createMemoryChat, type MemoryChat } from './memory-chat.fixture';
import { createMemoryCaseStore } from './store/memory-case-store';
import type { SupportCaseEvent } from './updates/case-event';
import { poll } from './updates/poll';

export const OWN_ACCOUNT = '000000000000';
const START = Date.parse('2026-11-20T08:00:00Z');

/** The case bot in memory: its store, AWS Support, a chat and a model, with a clock that a test moves. */
export interface TestContext {
  ctx: BotContext;
  worker: WorkerContext;
  support: MemorySupport;
  /** AWS Support of the stack's own account. */
  client: SupportClient;
  chat: MemoryChat;
  model: ScriptedModel;
  /** ms since 1970. */
  clock: { now: number };
  lines: string[];
  metrics: RecordingMetrics;
  /** The message with its defaults; each has its own id. */
  message(text: string, more?: Partial<ChatMessage>): ChatMessage;
  /** Sends it to the bot. @returns the bot's answer; undefined where it does not answer */
  say(text: string, more?: Partial<ChatMessage>): Promise<Card | undefined>;
  /** Presses a button of the latest card, the first unless another is named. */
  press(card: Card | undefined, index?: number): Promise<Card | undefined>;
  poll(): Promise<void>;
  quotes(): (string | undefined)[];
}

export interface TestOptions {
  bot?: Partial<BotConfig>;
  /** As the parameters of the stack, comma-separated. */
  roleArns?: string;
  roleNames?: string;
  /** Whether each case gets a group, as on Feishu. */
  hasGroups?: boolean;
  app?: Partial<ChatApp>;
  hasModel?: boolean;
}

export function createTestContext(options: TestOptions = {}): TestContext {
  const clock = { now: START };
  const now = () => clock.now;
  const lines: string[] = [];
  const [support, chat, metrics, model] = [
    createMemorySupport(now),
    createMemoryChat(options),
    recordingMetrics(),
    scriptedModel(),
  ];
  const bot = { ...BOT, ...options.bot };
  const accounts = parseServedAccounts({
    ownId: OWN_ACCOUNT,
    roleArns: options.roleArns ?? '',
    names: options.roleNames ?? '',
  });
  const clients = new Map(accounts.map(({ id }) => [id, support.clientOf(id)]));
  const common = { store: createMemoryCaseStore(now), log: logTo(lines), metrics, now };
  const ctx: BotContext = {
    ...common,
    ...{
      bot,
      app: chat.app,
      accounts: accountsOf(bot, accounts, clients),
      locale: testLocale(bot.language),
      region: 'us-east-1',
    },
    runHealthChecks: async () => [],
    ...(options.hasModel && { assistant: testAssistant(model, common) }),
  };
  const worker = workerOf(ctx, clients);
  return {
    ctx,
    worker,
    support,
    client: support.clientOf(OWN_ACCOUNT),
    chat,
    model,
    clock,
    lines,
    metrics,
    ...actions(ctx, worker, chat),
  };
}

function workerOf(ctx: BotContext, supportClients: WorkerContext['supportClients']): WorkerContext {
  const { bot, store, log, metrics, now } = ctx;
  const { name, newCaseConversation: conversation } = bot;
  return {
    ...{ store, log, metrics, now, supportClients },
    botContext: async (wanted) => (wanted === name ? ctx : undefined),
    subscribedBots: async () => (conversation ? [{ bot: name, conversation }] : []),
  };
}

function actions(ctx: BotContext, worker: WorkerContext, { posts }: MemoryChat) {
  let count = 0;
  const message = (text: string, more: Partial<ChatMessage> = {}): ChatMessage => {
    count += 1;
    return { ...MESSAGE, id: `m${count}`, text, sentAt: ctx.now(), ...more };
  };
  const say = async (text: string, more?: Partial<ChatMessage>): Promise<Card | undefined> => {
    const had = posts.length;
    await handleMessage(message(text, more), ctx);
    return posts.slice(had).at(-1)?.card;
  };
  return {
    message,
    say,
    press: (card: Card | undefined, index = 0) => say(commandOf(card, index)),
    poll: () => poll(worker),
    quotes: () => posts.map(({ card }) => card.quote),
  };
}

/** A log whose lines a test reads. */
export function logTo(lines: string[]): BotContext['log'] {
  const write = (name: string, facts?: object) => void lines.push(`${name} ${JSON.stringify(facts)}`);
  return { info: write, warn: write, error: write };
}

/** What a button of a card types. */
export const commandOf = (card: Card | undefined, index = 0): string => card?.buttons?.[index]?.command ?? '';

const MESSAGE: Omit<ChatMessage, 'id' | 'text' | 'sentAt'> = {
  platform: 'dingtalk',
  conversation: { id: 'cid1', kind: 'group' },
  sender: { id: 'u1', name: '李雷' },
  isForBot: true,
};

const BOT: BotConfig = {
  name: 'dingtalk/main',
  platform: 'dingtalk',
  secrets: {},
  accounts: [],
  services: [],
  severities: [],
  language: 'zh-CN',
  caseLanguage: 'zh',
  admins: ['boss'],
  newCaseConversation: '',
};

/** A case as the text form gives it, complete. */
export const textForm = (values: Readonly<Record<string, string>> = {}): string => {
  const codes = { severityCode: 'low', serviceCode: 'aws-lambda', categoryCode: 'general-guidance' };
  const lines = Object.entries({ subject: '连不上', body: '实例 i-0123', ...codes, ...values });
  return ['提工单', ...lines.map(([name, value]) => `${name}:${value}`)].join('\n');
};

/** A case as CreateCase takes it. */
export const REQUEST = {
  ...{ subject: '控制台开的', body: '旧内容', issueType: 'technical', cc: [] },
  ...{ serviceCode: 'aws-lambda', categoryCode: 'general-guidance', severityCode: 'low' },
};

/** Opens a case from the chat. @returns its number and its group; what was posted until then is forgotten */
export async function fileCase(
  t: TestContext,
  values?: Readonly<Record<string, string>>,
): Promise<{ id: string; group: string }> {
  const command = commandOf(await t.say(textForm(values)));
  await t.say(command);
  t.clock.now += 60_000;
  t.chat.posts.length = 0;
  return { id: t.support.engineer.cases()[0]?.displayId ?? '', group: `oc_${/CB-\w+/.exec(command)?.[0]}` };
}

/** Opens a case elsewhere, and follows it in this group. @returns its number; what was posted until then is forgotten */
export async function followCase(t: TestContext, group: string): Promise<string> {
  await t.client.createCase({ ...REQUEST, subject: group });
  const id = t.support.engineer.cases()[0]?.displayId ?? '';
  t.clock.now += 60_000;
  await t.say(`关注工单 ${id}`, { conversation: { id: group, kind: 'group' } });
  t.chat.posts.length = 0;
  t.lines.length = 0;
  return id;
}

/** A Support event as EventBridge delivers it. */
export const caseEvent = (
  { clock }: TestContext,
  displayId: string,
  name = 'AddCommunicationToCase',
  origin = 'AWS',
): SupportCaseEvent => ({
  account: OWN_ACCOUNT,
  time: new Date(clock.now).toISOString(),
  detail: { 'case-id': 'case-x', 'display-id': displayId, 'event-name': name, origin },
});
