import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BOT_PLATFORMS } from '@casebell/im/bots';
import type { ServedAccount } from '../../shared/accounts';
import type { LocalizedText } from '../../shared/locale';
import type { Settings } from '../../shared/settings';
import type { CheckResult } from '../domain/context';
import type { BotRegistry } from '../webhook/bot-registry';
import type { BotConfig } from '../webhook/bots';

type InspectedSettings = Pick<
  Settings<'worker'>,
  'caseTable' | 'caseQueueUrl' | 'caseDeadLetterQueueUrl' | 'callbackUrl' | 'accounts'
>;

/** Looks at the parts of the stack that the bot stands on. */
export function createHealthChecks(
  {
    caseTable: table,
    caseQueueUrl: queue,
    caseDeadLetterQueueUrl: deadLetters,
    callbackUrl,
    accounts,
  }: InspectedSettings,
  bots: BotRegistry,
  dynamodb: DynamoDBClient,
): () => Promise<CheckResult[]> {
  return async () => {
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    const known = await bots.all();
    return Promise.all([
      look(
        TABLE,
        async () =>
          (await dynamodb.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus !== 'ACTIVE' &&
          NOT_READY,
      ),
      look(QUEUE, async () => {
        await waitingIn(sqs, queue);
        return false;
      }),
      look(LETTERS, async () => {
        const count = await waitingIn(sqs, deadLetters);
        return count > 0 && left(count);
      }),
      ...[...known.values()].map(({ bot }) =>
        look(address(callbackUrl, bot), async () => lacking(bot) || unknownTo(accounts, bot)),
      ),
      ...bots.problems().map(({ bot, reason }) => ({ what: leftOut(bot), problem: reason })),
    ]);
  };
}

async function look(what: LocalizedText, inspect: () => Promise<LocalizedText | false>): Promise<CheckResult> {
  try {
    return { what, problem: (await inspect()) || undefined };
  } catch (error) {
    return { what, problem: unseen(error instanceof Error ? error.name : 'unknown') };
  }
}

async function waitingIn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
  return Number((await sqs.send(command)).Attributes?.ApproximateNumberOfMessages ?? 0);
}

const TABLE: LocalizedText = { en: 'Table', 'zh-CN': '数据表' };
const QUEUE: LocalizedText = { en: 'Queue', 'zh-CN': '消息队列' };
const LETTERS: LocalizedText = { en: 'Dead letters', 'zh-CN': '死信队列' };
const NOT_READY: LocalizedText = {
  en: 'The table is not active: look at it in DynamoDB.',
  'zh-CN': '数据表未就绪，请在 DynamoDB 控制台查看。',
};
const address = (base: string, { name }: BotConfig): LocalizedText => ({
  en: `Secrets of ${name}, called at ${base}/${name}`,
  'zh-CN': `机器人 ${name} 的密钥，回调地址 ${base}/${name}`,
});
const left = (count: number): LocalizedText => ({
  en: `${count} messages could not be answered: read the log of the case bot, then redrive or purge the queue.`,
  'zh-CN': `有 ${count} 条消息未能处理：请查看工单机器人日志，然后重新投递或清空死信队列。`,
});
const unseen = (name: string): LocalizedText => ({
  en: `It cannot be looked at (${name}): check the permissions of the worker's role.`,
  'zh-CN': `无法检查（${name}）：请检查工作函数角色的权限。`,
});

/** Without these its door lets nobody in. */
function lacking({ platform, secrets }: BotConfig): LocalizedText | false {
  const missing =
    BOT_PLATFORMS.find(({ name }) => name === platform)?.requiredSecrets.filter((need) => !secrets[need]) ?? [];
  const names = missing.join(', ');
  return missing.length > 0 && { en: `Missing: ${names}.`, 'zh-CN': `缺少：${names}。` };
}

/** Its profile names them, and the stack has none such: as after an account was given another name. */
function unknownTo(accounts: readonly ServedAccount[], { accounts: wanted }: BotConfig): LocalizedText | false {
  const unknown = wanted.filter((word) => accounts.every(({ id, name }) => word !== id && word !== name)).join(', ');
  return (
    unknown !== '' && {
      en: `Its profile names accounts that the stack does not have: ${unknown}.`,
      'zh-CN': `配置中的账号在堆栈中不存在：${unknown}。`,
    }
  );
}

/** @param bot its name, where that can be read */
const leftOut = (bot?: string): LocalizedText =>
  bot
    ? { en: `The bot ${bot}, which is left out`, 'zh-CN': `机器人 ${bot}（未启用）` }
    : { en: 'The secret with the bots', 'zh-CN': '机器人的密钥' };
