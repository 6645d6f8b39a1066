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
  /** Of the chat page; 0 picks a free port. */
  port: number;
  /** Stack parameters that override those for all chats and bots. */
  parameters: Readonly<Record<string, string>>;
  /** Called with every output line of a function. */
  log(source: string, line: string): void;
  /** Of the product and the chats; the machine's by default. */
  clock?: Clock;
  overrides?: StackOptions['overrides'];
  onInvoked?: StackOptions['onInvoked'];
  onAnswered?: StackOptions['onAnswered'];
  /** Options of the local AWS. */
  aws?: Pick<AwsOptions, 'support' | 'region' | 'organization' | 'log'>;
  /** Sets up AWS before the stack exists, e.g. a secret or a role, and returns the parameters for it. */
  prepare?(aws: LocalAws): Promise<Readonly<Record<string, string>>>;
}

/** The whole application on this machine: the stack of template.yaml, a local AWS and the chat platforms. */
export interface Application {
  aws: LocalAws;
  chats: Chats;
  stack: Stack;
  clock: Clock;
  send: SendEvent;
  close(): Promise<void>;
}

/** Starts AWS, the chats with their platforms' real rate limits, and the stack. */
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
    const allParameters = { ...parameters, ...prepared };
    const stack = keep(
      await startStack(stackOptions(chats, aws, { ...options, clock, parameters: allParameters })),
      opened,
    );
    const send = createEventSender(aws, stack.outputs.SnsTopicArn ?? '');
    const { DeadLetterQueueUrl: deadLetters = '', EventQueueUrl: events = '' } = stack.outputs;
    const endpoint = aws.env.AWS_ENDPOINT_URL_SQS ?? '';
    await registerCallbacks(chats.workspaces, stack);
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

/** The first request to a cold function may take longer than Feishu's limit of one second. */
const MAX_REGISTER_ATTEMPTS = 5;

/** Registers the bot's callback url at each platform, as an administrator does in its developer console. */
async function registerCallbacks(workspaces: readonly Workspace[], { outputs, localUrl }: Stack): Promise<void> {
  const { CaseCallbackUrl } = outputs;
  if (!CaseCallbackUrl) return;
  for (const workspace of workspaces)
    await register(workspace, localUrl(`${CaseCallbackUrl}/${workspace.platform}/main`));
}

async function register(workspace: Workspace, url: string, attempt = 1): Promise<void> {
  await workspace.subscribe(url).catch((error) => {
    if (attempt === MAX_REGISTER_ATTEMPTS) throw error;
    return register(workspace, url, attempt + 1);
  });
}

const stackOptions = (
  chats: Chats,
  aws: LocalAws,
  { parameters, log, clock, overrides, onInvoked, onAnswered }: ApplicationOptions,
): StackOptions => ({
  template: 'template.yaml',
  parameters: { ...webhookParameters(chats), ...botParameters(chats), ...parameters },
  aws,
  bootstrap: resolve('dist/local/bootstrap.js'),
  environment: { ...aws.env, ...QUIET_SDK, CHAT_ENDPOINT_URL: chats.url },
  log,
  clock,
  overrides,
  onInvoked,
  onAnswered,
});

/** Parameters for a webhook in every room, and for all sample events. */
function webhookParameters({ rooms }: Chats): Record<string, string> {
  return {
    WebhookUrl: rooms.map(({ url }) => url).join(' '),
    WebhookSecret: rooms.map(({ secret }) => secret ?? '-').join(' '),
    Keyword: rooms.find(({ keyword }) => keyword)?.keyword ?? '',
    GuardDutyMinSeverity: '1',
    ExtraEventSources: 'aws.backup,aws.support,aws.events',
  };
}

/** Parameters for a bot on each platform. */
function botParameters({ workspaces }: Chats): Record<string, string> {
  const secretParameters = workspaces.flatMap(({ platform, secrets }) =>
    Object.entries(secretParametersOf(platform)).map(([name, parameter]) => [parameter, secrets[name] ?? ''] as const),
  );
  const admins = workspaces.map(({ users }) => users[0]?.id ?? '');
  return { ...Object.fromEntries(secretParameters), CaseBotAdmins: admins.join(',') };
}

function secretParametersOf(platform: string): Readonly<Record<string, string>> {
  const chat = platformNamed(platform);
  return isBotPlatform(chat) ? chat.secretParameters : {};
}

/** Parameters of a stack without case bot. */
export const NO_CASE_BOT: Readonly<Record<string, string>> = Object.fromEntries(
  BOT_PLATFORMS.flatMap(({ secretParameters }) => Object.values(secretParameters).map((name) => [name, ''])),
);
