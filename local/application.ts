import { resolve } from 'node:path';
import { type AwsOptions, type LocalAws, startAws } from './aws/start-aws';
import type { Chats } from './chat/chats';
import { startChats } from './chat/chats';
import { isBotPlatform } from './chat/platform';
import { BOT_PLATFORMS, platformNamed } from './chat/platforms';
import { ROOMS } from './chat/rooms';
import type { Workspace } from './chat/workspace';
import { type Clock, createClock } from './clock';
import { QUIET_SDK } from './command-line';
import { createControlEndpoint } from './control-endpoint';
import { createEventSender, type SendEvent } from './send-event';
import type { StackOptions } from './stack/stack-options';
import { type Stack, startStack } from './stack/start-stack';

export interface ApplicationOptions {
  /** Of the page with the chats; 0 picks a free one. */
  port: number;
  /** The stack's parameters, over those that make it tell all five chats. */
  parameters: Readonly<Record<string, string>>;
  /** Every line that a function writes. */
  log(source: string, line: string): void;
  /** Which the product and the chats live by; the machine's if absent. */
  clock?: Clock;
  overrides?: StackOptions['overrides'];
  onInvoked?: StackOptions['onInvoked'];
  onAnswered?: StackOptions['onAnswered'];
  /** Of the AWS that it runs on. */
  aws?: Pick<AwsOptions, 'support' | 'region' | 'organization' | 'log'>;
  /** What a person sets up in AWS before the stack is there, such as a secret or a role; gives the parameters that speak of it. */
  prepare?(aws: LocalAws): Promise<Readonly<Record<string, string>>>;
}

/** Everything, on this machine: the stack that template.yaml declares, an AWS to run it on, and chats to tell. */
export interface Application {
  aws: LocalAws;
  chats: Chats;
  stack: Stack;
  clock: Clock;
  send: SendEvent;
  close(): Promise<void>;
}

/** The chats keep to their platforms' real rate limits. */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { port, parameters, clock = createClock() } = options;
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  };
  try {
    const rooms = ROOMS.map((room) => (room.keyword ? { ...room, keyword: parameters.Keyword ?? room.keyword } : room));
    const chats = keep(await startChats({ port, rooms, now: clock.now, rate: () => clock.rate }), opened);
    const aws = keep(await startAws({ ...options.aws, now: clock.now }), opened);
    clock.follow(aws.setQueueRate);
    const prepared = await options.prepare?.(aws);
    const given = { ...parameters, ...prepared };
    const stack = keep(await startStack(stackOptions(chats, aws, { ...options, clock, parameters: given })), opened);
    const send = createEventSender(aws, stack.outputs.SnsTopicArn ?? '');
    const { DeadLetterQueueUrl: deadLetters = '', EventQueueUrl: events = '' } = stack.outputs;
    const endpoint = aws.env.AWS_ENDPOINT_URL_SQS ?? '';
    await introduce(chats.workspaces, stack);
    chats.addHandler(aws.support.engineerEndpoint);
    chats.addHandler(createControlEndpoint(send, () => stack.idle(), { endpoint, deadLetters, events }));
    return { aws, chats, stack, clock, send, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function keep<T extends { close(): Promise<void> }>(one: T, opened: { close(): Promise<void> }[]): T {
  opened.push(one);
  return one;
}

/** As often does a person press Save: the first look at a cold function may take longer than the second that Feishu gives it. */
const TRIES = 5;

/** Enters the bot's callback url at each platform, as a person does in its developer console; not for a stack without a bot. */
async function introduce(workplaces: readonly Workspace[], { outputs, localUrl }: Stack): Promise<void> {
  const { CaseCallbackUrl } = outputs;
  if (!CaseCallbackUrl) return;
  for (const workplace of workplaces) await save(workplace, localUrl(`${CaseCallbackUrl}/${workplace.platform}/main`));
}

async function save(workplace: Workspace, url: string, tries = 1): Promise<void> {
  await workplace.subscribe(url).catch((error) => {
    if (tries === TRIES) throw error;
    return save(workplace, url, tries + 1);
  });
}

const stackOptions = (
  chats: Chats,
  aws: LocalAws,
  { parameters, log, clock, overrides, onInvoked, onAnswered }: ApplicationOptions,
): StackOptions => ({
  template: 'template.yaml',
  parameters: { ...tellingAll(chats), ...answeringAll(chats), ...parameters },
  aws,
  bootstrap: resolve('dist/local/bootstrap.js'),
  environment: { ...aws.env, ...QUIET_SDK, CHAT_ENDPOINT_URL: chats.url },
  log,
  clock,
  overrides,
  onInvoked,
  onAnswered,
});

/** What a person would fill in who has a robot in each of the rooms, and who wants to see every sample event. */
function tellingAll({ rooms }: Chats): Record<string, string> {
  return {
    WebhookUrl: rooms.map(({ url }) => url).join(' '),
    WebhookSecret: rooms.map(({ secret }) => secret ?? '-').join(' '),
    Keyword: rooms.find(({ keyword }) => keyword)?.keyword ?? '',
    GuardDutyMinSeverity: '1',
    ExtraEventSources: 'aws.backup,aws.support,aws.events',
  };
}

/** What a person would fill in who has a bot on each platform; some of its secrets only a secret of one's own can hold. */
function answeringAll({ workspaces }: Chats): Record<string, string> {
  const given = workspaces.flatMap(({ platform, secrets }) =>
    Object.entries(secretParametersOf(platform)).map(([name, parameter]) => [parameter, secrets[name] ?? ''] as const),
  );
  const admins = workspaces.map(({ users }) => users[0]?.id ?? '');
  return { ...Object.fromEntries(given), CaseBotAdmins: admins.join(',') };
}

function secretParametersOf(platform: string): Readonly<Record<string, string>> {
  const chat = platformNamed(platform);
  return isBotPlatform(chat) ? chat.secretParameters : {};
}

/** The parameters of a stack without bots. */
export const NO_CASE_BOT: Readonly<Record<string, string>> = Object.fromEntries(
  BOT_PLATFORMS.flatMap(({ secretParameters }) => Object.values(secretParameters).map((name) => [name, ''])),
);
