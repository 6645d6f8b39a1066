import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateCaseCommand, DescribeCommunicationsCommand, SupportClient } from '@aws-sdk/client-support';
import { createCaseReader } from '../../../functions/case-bot/aws/support/read-cases';
import { createDynamoDbCaseStore } from '../../../functions/case-bot/store/dynamodb-case-store';
import { createDocumentStore } from '../../../functions/case-bot/store/dynamodb-documents';
import { toCaseReply } from '../../../functions/case-bot/updates/case-replies';
import type { Application } from '../../application';
import type { Conversation } from '../../chat/workspace';

/** So many open cases, all of them followed in one group on Feishu. */
export interface Cases {
  /** Newest first. */
  readonly ids: readonly { caseId: string; displayId: string }[];
  readonly group: Conversation;
  /** The way of a bot that asks for each case: one DescribeCommunications for every open one. Gives the calls it took. */
  askEach(): Promise<number>;
  close(): void;
}

const REQUEST = {
  communicationBody: 'body',
  serviceCode: 'aws-lambda',
  categoryCode: 'general-guidance',
  severityCode: 'low',
};

export async function openCases(application: Application, count: number): Promise<Cases> {
  const { aws, chats, stack, clock } = application;
  const config = { region: aws.region, credentials: { accessKeyId: `AKIA${aws.account}CASE`, secretAccessKey: 'x' } };
  const support = new SupportClient({ ...config, endpoint: aws.env.AWS_ENDPOINT_URL_SUPPORT, maxAttempts: 10 });
  const dynamodb = new DynamoDBClient({ ...config, endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB });
  const documents = createDocumentStore(dynamodb, stack.resources.CaseTable?.ref ?? '', clock.now);
  const store = createDynamoDbCaseStore(documents, clock.now, 400);
  const group = chats.workspaces
    .find(({ platform }) => platform === 'feishu')
    ?.conversations.find(({ kind }) => kind === 'group');
  if (!group) throw new Error('There is no group on Feishu.');

  aws.support.set({ callsPerSecond: Infinity, casesPerHour: Infinity, lostEvents: Infinity });
  for (let number = 0; number < count; number += 1)
    await support.send(new CreateCaseCommand({ ...REQUEST, subject: `case ${number}` }));
  const cases = await createCaseReader(support).listOpenCases();
  const conversation = { id: group.id, kind: 'group' } as const;
  for (const { caseId, displayId, status, latest } of cases) {
    const delivered = latest.map(toCaseReply).map(({ id, sentAt }) => ({ id, time: sentAt }));
    const followed = { account: aws.account, caseId, displayId, bot: 'feishu/main', conversation, status };
    await store.createSubscription({ ...followed, watermark: clock.now(), delivered });
  }
  aws.support.set({ callsPerSecond: 5 });

  return {
    ids: cases,
    group,
    async askEach() {
      for (const { caseId } of cases) await support.send(new DescribeCommunicationsCommand({ caseId }));
      return cases.length;
    },
    close() {
      support.destroy();
      dynamodb.destroy();
    },
  };
}
