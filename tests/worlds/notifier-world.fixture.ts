import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Application, startApplication } from '../../local/application';
import { accessKeyOf } from '../../local/aws/caller';
import type { EventInput } from '../../local/aws/eventbridge/event';
import type { Message, Room } from '../../local/chat/rooms';
import { createClock } from '../../local/clock';
import { type Stack, startStack } from '../../local/stack/start-stack';

export const CENTRAL = '000000000000';
export const MEMBER = '444455556666';
export const OTHER_MEMBER = '777788889999';
export const EXCLUDED = '555566667777';
export const OUTSIDER = '999999999999';
export const ORGANIZATION = { id: 'o-a1b2c3d4e5', accounts: [CENTRAL, MEMBER, OTHER_MEMBER, EXCLUDED] };
/** An account name that would call everyone, or be a link, if a chat took it for markup. */
const HOSTILE_NAME = '@all <!channel> *b* [x](https://evil.example)';

/** A function's minute is twelve seconds: enough on a busy machine. */
const CLOCK_RATE = 5;

/** Far more than a busy machine needs: a message that is still missing then never comes. */
const MAX_POLLS = 1_200;

/** One application for all stories of the notifier. */
export interface NotifierWorld extends Application {
  readonly rooms: readonly Room[];
  /** Every log line of every function. */
  readonly lines: string[];
  /** What each chat shows of what happens during `act`, once each chat shows something and everything is delivered. */
  during(act: () => unknown): Promise<Map<Room['platform'], Message[]>>;
  /** The same, where no chat is expected to show anything. */
  duringSilence(act: () => unknown): Promise<Map<Room['platform'], Message[]>>;
  /** Starts another stack next to the application's; it is closed with the world. */
  deploy(template: string, parameters: Readonly<Record<string, string>>, at?: Place): Promise<Stack>;
  /** Bodies of the messages in a queue of any account. */
  messagesIn(queueUrl: string | undefined): Promise<string[]>;
}

interface Place {
  account: string;
  region: string;
}

/** A formatter that a user adds as a lone file in a layer. */
const OWN_FORMATTER = `export default {
  name: 'own',
  pattern: { source: ['acme.shop'] },
  format: ({ detail }, locale) => ({ title: locale.t({ en: 'Order', 'zh-CN': '订单' }) + ' ' + detail.state, severity: 'info' }),
};`;

function ownLayer(): string {
  const layer = mkdtempSync(join(tmpdir(), 'layer-'));
  mkdirSync(join(layer, 'nodejs/plugins'), { recursive: true });
  writeFileSync(join(layer, 'nodejs/plugins/own.mjs'), OWN_FORMATTER);
  return layer;
}

export const PARAMETERS = {
  OrganizationId: ORGANIZATION.id,
  AccountNames: `${MEMBER}=生产,${OTHER_MEMBER}=${HOSTILE_NAME}`,
  ExcludedAccounts: EXCLUDED,
  // The plug-in stack that sends findings replaces the built-in rule: both would notify.
  GuardDutyMinSeverity: '10',
  ExtraEventSources: 'acme.shop',
};

export async function openNotifierWorld(): Promise<NotifierWorld> {
  const lines: string[] = [];
  const application = await startApplication({
    port: 0,
    parameters: { ...PARAMETERS, PluginLayerArn: ownLayer() },
    clock: createClock({ rate: CLOCK_RATE }),
    log: (source, line) => void lines.push(`${source} ${line}`),
    aws: { organization: ORGANIZATION, log: (line) => void lines.push(line) },
  });
  const { aws, chats, stack } = application;
  const { rooms } = chats;
  const stacks: Stack[] = [];
  const shownSince = (counts: readonly number[]) =>
    new Map(rooms.map(({ platform, messages }, index) => [platform, messages.slice(counts[index])]));
  return {
    ...application,
    rooms,
    lines,
    async during(act) {
      const counts = rooms.map(({ messages }) => messages.length);
      await act();
      const isMissing = () => rooms.some(({ messages }, index) => messages.length === counts[index]);
      for (let polls = 0; polls < MAX_POLLS && isMissing(); polls += 1) await sleep(25);
      await stack.idle();
      return shownSince(counts);
    },
    async duringSilence(act) {
      const counts = rooms.map(({ messages }) => messages.length);
      await act();
      await stack.idle();
      return shownSince(counts);
    },
    async deploy(template, parameters, { account, region } = aws) {
      const env = { ...aws.env, AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyOf(account) };
      const deployed = await startStack({
        template,
        parameters,
        aws: { ...aws, account, region, env },
        environment: {},
        stackName: `stack-${account}-${region}`,
        bootstrap: 'dist/local/bootstrap.js',
        log: () => undefined,
      });
      stacks.push(deployed);
      return deployed;
    },
    messagesIn: (queueUrl) => messagesIn(queueUrl, application),
    async close() {
      for (const deployed of stacks) await deployed.close();
      await application.close();
    },
  };
}

async function messagesIn(QueueUrl: string | undefined, { aws }: Application): Promise<string[]> {
  const credentials = { accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' };
  const endpoint = aws.env.AWS_ENDPOINT_URL_SQS;
  const sqs = new SQSClient({ region: aws.region, endpoint, useQueueUrlAsEndpoint: false, credentials });
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  sqs.destroy();
  return Messages.map(({ Body = '' }) => Body);
}

export const eventFile = (name: string): string => readFileSync(`events/${name}.json`, 'utf8');

/** A sample event in the account and Region where AWS would publish it. */
export function eventAt(name: string, { account, region }: Place, detail: object = {}): EventInput {
  const event = JSON.parse(eventFile(name));
  return { ...event, id: `${event.id}-${account}-${region}`, account, region, detail: { ...event.detail, ...detail } };
}

export const countsOf = (shown: ReadonlyMap<string, readonly Message[]>): number[] =>
  [...shown.values()].map(({ length }) => length);

/** All that messages show, as text. WeCom has no escapes and shows look-alikes: they are translated back. */
export const textOf = (messages: readonly Message[]): string =>
  messages
    .flatMap(({ view }) => [view.title, ...view.lines])
    .join('\n')
    .replace(/＜/g, '<')
    .replace(/\u200B/g, '');
