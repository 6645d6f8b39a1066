import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { CaseRecord } from '../../functions/case-bot/domain/case-store';
import type { BotPlatformName } from '../../local/chat/platforms';
import type { CaseWorld } from '../worlds/case-bot-world.fixture';

/** The call right after which the worker is killed: the nth with this name. */
export interface Kill {
  platform: BotPlatformName;
  /** What the call has just done. */
  done: string;
  call: RegExp;
  nth: number;
}

/** Acts, kills every process of the worker right after the call, before its result arrives, and resolves when they are dead. */
export async function killAfter({ call, nth }: Kill, { aws, chats, stack }: CaseWorld, act: () => Promise<unknown>) {
  let count = 0;
  const ends: (() => void)[] = [];
  const killed = new Promise<void>((resolve) => {
    const watcher: Parameters<typeof aws.watch>[0] = async ({ name, when }) => {
      if (when !== 'after' || !call.test(name)) return;
      count += 1;
      if (count !== nth) return;
      await stack.crash('CaseWorker');
      resolve();
    };
    ends.push(aws.watch(watcher), chats.watch(watcher));
  });
  await act();
  await killed;
  for (const end of ends) end();
}

/** The stored record of a case, by its subject. */
export async function recordOf(subject: string, { aws, stack }: CaseWorld): Promise<CaseRecord | undefined> {
  const client = new DynamoDBClient({
    region: aws.region,
    endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: { accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' },
  });
  const items: Record<string, AttributeValue>[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: stack.outputs.CaseTableName, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  client.destroy();
  const records = items.filter(({ pk }) => pk?.S?.startsWith('case#'));
  return records
    .map(({ content }): CaseRecord => JSON.parse(content?.S ?? ''))
    .find(({ request }) => request.subject === subject);
}
