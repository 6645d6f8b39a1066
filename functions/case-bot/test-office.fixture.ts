import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createBedrockModel } from '@casebell/bedrock';
import { type Card, type ChatApp, type ChatMessage, type Conversation, createAskModel } from '@casebell/im/bots';
import { type LocalAws, startAws } from '../../local/aws/start-aws';
import { parseServedAccounts, type ServedAccount } from '../shared/accounts';
import { testLocale } from '../shared/locale.fixture';
import type { Metrics } from '../shared/metrics';
import { type RecordingMetrics, recordingMetrics } from '../shared/metrics.fixture';
import { openAdvisor } from './advisor';
import { createSupportClients } from './aws/support/accounts';
import { handleMessage } from './conversation/handle-message';
import { accountsOf } from './domain/accounts';
import type { BotContext, MessageContext, WorkerContext } from './domain/context';
import type { SupportClient } from './domain/support-client';
import { createDynamoDbCaseStore } from './store/dynamodb-case-store';
import { createDocumentStore } from './store/dynamodb-documents';
import type { BotConfig } from './webhook/bots';

const START = Date.parse('2026-11-20T08:00:00Z');
const TABLE = 'cases';

/** What the bot has said, and where. */
export interface Spoken {
  card: Card;
  to: Conversation;
}

export interface TestOffice {
  aws: LocalAws;
  office: BotContext;
  bureau: WorkerContext;
  /** AWS Support of the stack's own account. */
  desk: SupportClient;
  clock: { now: number };
  /** Everything that was said, in order. */
  spoken: Spoken[];
  lines: string[];
  metrics: RecordingMetrics;
  /** Says it to the bot, and gives the bot's answer; undefined when it stays silent. */
  say(text: string, more?: Partial<ChatMessage>): Promise<Card | undefined>;
  close(): Promise<void>;
}

interface Terms {
  bot?: Partial<BotConfig>;
  roleArns?: string[];
  roleNames?: string[];
  app?: Partial<ChatApp>;
  /** Whether a model is switched on. */
  model?: true;
}

const servedBy = ({ account }: LocalAws, roleArns: readonly string[], roleNames: readonly string[]): ServedAccount[] =>
  parseServedAccounts({ ownId: account, roleArns: roleArns.join(), names: roleNames.join() });

/** The bot's rooms, with a real table and a real AWS Support of this machine, and a chat that only listens. */
export async function openTestOffice({
  bot,
  roleArns = [],
  roleNames = [],
  app,
  model,
}: Terms = {}): Promise<TestOffice> {
  const clock = { now: START };
  const now = () => clock.now;
  const aws = await startAws({ now, log: () => undefined, support: { callsPerSecond: Number.POSITIVE_INFINITY } });
  Object.assign(process.env, aws.env);
  const client = await openTable();
  const [spoken, lines]: [Spoken[], string[]] = [[], []];
  const profile = profileOf(bot);
  const [served, metrics] = [servedBy(aws, roleArns, roleNames), recordingMetrics()];
  const desks = desksOf(served, aws, now, metrics);
  const office = {
    bot: profile,
    app: listener(spoken, app),
    accounts: accountsOf(profile, served, desks),
    store: createDynamoDbCaseStore(createDocumentStore(client, TABLE, now), now, 400),
    locale: testLocale(profile.language),
    log: logTo(lines),
    metrics,
    region: aws.region,
    now,
    runHealthChecks: async () => [],
    ...(model && { advisor: advisorOf(aws, { now, log: logTo(lines), metrics }) }),
  };
  const bureau = bureauOf(office, desks);
  let count = 0;
  return {
    aws,
    office,
    bureau,
    desk: ownDesk(desks, aws.account),
    clock,
    spoken,
    lines,
    metrics,
    async say(text, more = {}) {
      const had = spoken.length;
      count += 1;
      await handleMessage({ ...MESSAGE, id: `m${count}`, text, sentAt: clock.now, ...more }, office);
      return spoken.slice(had).at(-1)?.card;
    },
    async close() {
      client.destroy();
      await aws.close();
    },
  };
}

const desksOf = (accounts: ServedAccount[], { region }: LocalAws, now: () => number, metrics: Metrics) =>
  createSupportClients({ region, accounts, externalId: 'sesame' }, now, () => metrics.count('SupportThrottled'));

function ownDesk(desks: WorkerContext['supportClients'], account: string): SupportClient {
  const desk = desks.get(account);
  if (!desk) throw new Error('The stack has no account of its own.');
  return desk;
}

const modelOf = ({ env, region }: LocalAws) =>
  createBedrockModel({ id: 'amazon.nova-lite-v1:0', region }, { endpoint: env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME });

const advisorOf = (aws: LocalAws, books: Pick<BotContext, 'now' | 'log' | 'metrics'>) =>
  openAdvisor(createAskModel({ model: modelOf(aws), now: books.now }), 400, books);

const bureauOf = (office: BotContext, supportClients: WorkerContext['supportClients']): WorkerContext => {
  const { bot, store, log, metrics, now } = office;
  return {
    supportClients,
    store,
    log,
    metrics,
    now,
    botContext: async (name) => (name === bot.name ? office : undefined),
    subscribedBots: async () =>
      bot.newCaseConversation ? [{ bot: bot.name, conversation: bot.newCaseConversation }] : [],
  };
};

const MESSAGE: Omit<ChatMessage, 'id' | 'text' | 'sentAt'> = {
  platform: 'dingtalk',
  conversation: { id: 'cid1', kind: 'group' },
  sender: { id: 'u1', name: '李雷' },
  isForBot: true,
};

const profileOf = (bot: Partial<BotConfig> = {}): BotConfig => ({
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
  ...bot,
});

const listener = (spoken: Spoken[], app: Partial<ChatApp> = {}): ChatApp => ({
  platform: 'dingtalk',
  receive: () => ({ kind: 'ignored', reply: { status: 200 }, reason: 'nobody calls' }),
  send: async (card, to) => void spoken.push({ card, to }),
  healthCheck: async () => undefined,
  ...app,
});

function logTo(lines: string[]): MessageContext['log'] {
  const write = (what: string, facts?: object) => void lines.push(`${what} ${JSON.stringify(facts)}`);
  return { info: write, warn: write, error: write };
}

async function openTable(): Promise<DynamoDBClient> {
  const client = new DynamoDBClient({});
  const names = ['pk', 'sk', 'displayId'];
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-display-id',
          KeySchema: [{ AttributeName: 'displayId', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return client;
}
