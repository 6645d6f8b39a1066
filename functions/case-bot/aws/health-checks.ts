import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BOT_PLATFORMS } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { Settings } from '../../shared/settings';
import type { BotConfig, CheckResult } from '../domain/context';
import type { BotRegistry } from '../webhook/bot-registry';

type CheckedSettings = Pick<
  Settings<'worker'>,
  'caseTable' | 'caseQueueUrl' | 'caseDeadLetterQueueUrl' | 'callbackUrl' | 'accounts'
>;

/** A check returns the problem that it finds. */
type Check = () => Promise<LocalizedText | undefined>;

/** Checks the stack's table, its queues and the configuration of its bots. */
export function createHealthChecks(
  settings: CheckedSettings,
  bots: BotRegistry,
  dynamodb: DynamoDBClient,
): () => Promise<CheckResult[]> {
  return async () => {
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    const known = await bots.all();
    return Promise.all([
      run(TABLE, async () => {
        const command = new DescribeTableCommand({ TableName: settings.caseTable });
        return (await dynamodb.send(command)).Table?.TableStatus === 'ACTIVE' ? undefined : NOT_ACTIVE;
      }),
      run(QUEUE, async () => void (await countMessages(sqs, settings.caseQueueUrl))),
      run(DEAD_LETTERS, async () => {
        const count = await countMessages(sqs, settings.caseDeadLetterQueueUrl);
        return count > 0 ? notHandled(count) : undefined;
      }),
      ...[...known.values()].map(({ bot }) =>
        run(secretsOf(bot, settings), async () => missingSecrets(bot) ?? unknownAccounts(bot, settings)),
      ),
      ...bots.problems().map(({ bot, reason }) => ({ what: invalidBot(bot), problem: reason })),
    ]);
  };
}

async function run(what: LocalizedText, check: Check): Promise<CheckResult> {
  try {
    return { what, problem: await check() };
  } catch (error) {
    return { what, problem: notReadable(error instanceof Error ? error.name : 'unknown') };
  }
}

async function countMessages(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
  return Number((await sqs.send(command)).Attributes?.ApproximateNumberOfMessages ?? 0);
}

/** Without these, each callback is rejected. */
function missingSecrets({ platform, secrets }: BotConfig): LocalizedText | undefined {
  const required = BOT_PLATFORMS.find(({ name }) => name === platform)?.requiredSecrets ?? [];
  const missing = required.filter((name) => !secrets[name]).join(', ');
  return missing ? { en: `Missing: ${missing}.`, 'zh-CN': `缺少：${missing}。` } : undefined;
}

/** The bot's configuration lists them; an account may have been renamed since. */
function unknownAccounts(bot: BotConfig, { accounts }: CheckedSettings): LocalizedText | undefined {
  const isKnown = (listed: string) => accounts.some(({ id, name }) => listed === id || listed === name);
  const unknown = bot.accounts.filter((listed) => !isKnown(listed)).join(', ');
  if (!unknown) return undefined;
  return {
    en: `Its configuration lists accounts that the stack does not have: ${unknown}.`,
    'zh-CN': `配置中的账号在堆栈中不存在：${unknown}。`,
  };
}

const TABLE: LocalizedText = { en: 'Table', 'zh-CN': '数据表' };
const QUEUE: LocalizedText = { en: 'Queue', 'zh-CN': '消息队列' };
const DEAD_LETTERS: LocalizedText = { en: 'Dead letters', 'zh-CN': '死信队列' };
const NOT_ACTIVE: LocalizedText = {
  en: 'The table is not active: check it in the DynamoDB console.',
  'zh-CN': '数据表未就绪，请在 DynamoDB 控制台查看。',
};
const secretsOf = ({ name }: BotConfig, { callbackUrl }: CheckedSettings): LocalizedText => ({
  en: `Secrets of ${name}, callback ${callbackUrl}/${name}`,
  'zh-CN': `机器人 ${name} 的密钥，回调地址 ${callbackUrl}/${name}`,
});
const notHandled = (count: number): LocalizedText => ({
  en: `${count} messages could not be handled: read the log of the case bot, then redrive or purge the queue.`,
  'zh-CN': `有 ${count} 条消息未能处理：请查看工单机器人日志，然后重新投递或清空死信队列。`,
});
const notReadable = (name: string): LocalizedText => ({
  en: `It cannot be checked (${name}): check the permissions of the worker's role.`,
  'zh-CN': `无法检查（${name}）：请检查工作函数角色的权限。`,
});
/** @param bot its name, where it could be read */
const invalidBot = (bot?: string): LocalizedText =>
  bot
    ? { en: `The bot ${bot}, which is disabled`, 'zh-CN': `机器人 ${bot}（未启用）` }
    : { en: 'The secret with the bots', 'zh-CN': '机器人的密钥' };
