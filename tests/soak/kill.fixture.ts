import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { CaseRecord } from '../../functions/case-bot/domain/case-store';
import type { BotPlatformName } from '../../local/chat/platforms';
import type { CaseWorld } from '../case-bot/world.fixture';

/** A step of filing, right after which the worker dies. */
export interface Step {
  platform: BotPlatformName;
  /** What has just been done. */
  what: string;
  /** The call that does it, and which of them since the press. */
  call: RegExp;
  nth: number;
}

const INTENT = { what: 'the intent was stored', call: /^dynamodb\.PutItem$/, nth: 2 };
const CREATED = { what: 'AWS had created the case', call: /^support\.CreateCase$/, nth: 1 };

/** The claim on the message is what is stored first; on Slack the card that opens the thread is the answer, too. */
export const STEPS: readonly Step[] = [
  ...(['dingtalk', 'feishu', 'slack'] as const).flatMap((platform) => [
    { platform, ...INTENT },
    { platform, ...CREATED },
  ]),
  { platform: 'dingtalk', what: 'the answer was shown', call: /sendBySession$/, nth: 1 },
  { platform: 'feishu', what: 'the group was opened', call: /POST .*\/im\/v1\/chats$/, nth: 1 },
  { platform: 'feishu', what: 'the tab was pinned', call: /POST .*\/chat_tabs$/, nth: 1 },
  { platform: 'feishu', what: 'the answer was shown', call: /POST .*\/im\/v1\/messages$/, nth: 2 },
  { platform: 'slack', what: 'the thread was opened', call: /chat\.postMessage$/, nth: 1 },
];

/** Presses, and kills every process of the worker once the step is done, before anybody can tell it so. */
export async function killAt({ call, nth }: Step, { aws, chats, stack }: CaseWorld, press: () => Promise<unknown>) {
  let count = 0;
  let unwatch = (): void => undefined;
  const killed = new Promise<void>((resolve) => {
    const watcher: Parameters<typeof aws.watch>[0] = async ({ name, when }) => {
      if (when !== 'after' || !call.test(name)) return;
      count += 1;
      if (count !== nth) return;
      await stack.crash('CaseWorker');
      resolve();
    };
    const ends = [aws.watch(watcher), chats.watch(watcher)];
    unwatch = () => ends.forEach((end) => void end());
  });
  await press();
  await killed;
  unwatch();
}

/** What the bot has written down about a case, by its subject. */
export async function recordOf(subject: string, { aws, stack }: CaseWorld): Promise<CaseRecord | undefined> {
  const client = new DynamoDBClient({
    region: aws.region,
    endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: { accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' },
  });
  const found: Record<string, AttributeValue>[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: stack.outputs.CaseTableName, ExclusiveStartKey }));
    found.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  client.destroy();
  const records = found
    .filter(({ pk }) => pk?.S?.startsWith('case#'))
    .map(({ content }) => JSON.parse(content?.S ?? ''));
  return records.find((record: CaseRecord) => record.request.subject === subject);
}
