import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Application, type ApplicationOptions, startApplication } from './application';
import { ROOMS } from './chat/rooms';
import { exitWithError } from './command-line';

/** An arrow of a sequence diagram. */
interface Step {
  from: string;
  to: string;
  what: string;
}

type Call = Pick<Step, 'to' | 'what'>;

/** Services that functions call. */
const SERVICES: Readonly<Record<string, string>> = {
  bedrock: 'Bedrock',
  dynamodb: 'DynamoDB',
  secretsmanager: 'Secrets Manager',
  sts: 'STS',
  support: 'AWS Support',
};

const IDLE_TIMEOUT_MS = 20_000;
/** Slack accepts one message per second, and the second alert must not wait for that. */
const SLACK_INTERVAL_MS = 1_500;
const EVENT = 'events/ec2-stopped.json';
const SLACK = ROOMS.filter(({ platform }) => platform === 'slack');
const CASE =
  '提工单\nsubject:费用\nbody:从 10:00 开始报错\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:other';

/**
 * Records the calls of functions to AWS services and chat platforms, assigned to the invocation during which they are made. SQS and
 * SNS run in their own thread and are not recorded.
 */
function createRecorder() {
  let calls: Call[] = [];
  let steps: Step[] = [];

  const onInvoked: NonNullable<ApplicationOptions['onInvoked']> = (source, event) => {
    const queue = queueOf(event);
    // A warm callback function calls its queue only, and may still run when the worker has started.
    if (!queue) return;
    steps.push({ from: queue, to: source, what: 'message' });
    steps.push(...calls.map((call) => ({ from: source, ...call })));
    calls = [];
  };

  function attach({ aws, chats }: Application): void {
    aws.watch(({ name, when }) => {
      const [service = '', operation = ''] = name.split('.');
      const to = SERVICES[service];
      if (when === 'before' && to) calls.push({ to, what: describe(service, operation) });
    });
    chats.watch(({ name, when }) => {
      const [platform = '', ...what] = name.split(' ');
      if (when === 'before') calls.push({ to: capitalize(platform), what: withoutIds(what.join(' ')) });
    });
    chats.onMessage(({ platform }, { view }) =>
      calls.push({ to: capitalize(platform), what: view.title.replace(/[;#]/g, ',') }),
    );
  }

  async function record(work: () => Promise<unknown>): Promise<Step[]> {
    [calls, steps] = [[], []];
    await work();
    return steps;
  }

  return { onInvoked, attach, record };
}

/** Of DynamoDB only whether data is read or written. */
function describe(service: string, operation: string): string {
  if (service !== 'dynamodb') return operation;
  return /Get|Query|Scan/.test(operation) ? 'read' : 'write down';
}

/** The name of the queue in a function's SQS event; undefined for another event. */
function queueOf(event: unknown): string | undefined {
  const { Records } = Object(event) as { Records?: { eventSourceARN?: string }[] };
  return Records?.[0]?.eventSourceARN
    ?.split(/[:-]/)
    .at(-1)
    ?.replace(/\.fifo$/, '');
}

const capitalize = (platform: string): string => `${platform.charAt(0).toUpperCase()}${platform.slice(1)}`;

/** Ids differ from run to run. */
const withoutIds = (path: string): string => path.replace(/\?.*/, '').replace(/\/(?:o[cmu]_|cli_)[\w-]+/g, '/…');

/** Records an alert and the filing of a case with warm functions. */
async function recordStories(): Promise<{ alert: Step[]; filing: Step[] }> {
  const recorder = createRecorder();
  const disabled = { Properties: { Enabled: false } };
  const application = await startApplication({
    port: 0,
    parameters: {
      WebhookUrl: SLACK.map(({ url }) => url).join(),
      WebhookSecret: '-',
      ...{ Language: 'en', ExtraEventSources: '' },
    },
    log: () => undefined,
    onInvoked: recorder.onInvoked,
    overrides: {
      Notifier: { Events: { Sweep: disabled } },
      CaseWorker: { Events: { Poll: disabled, Updates: disabled } },
      CaseCallback: { Timeout: 60 },
    },
  });
  recorder.attach(application);
  const { send, stack, chats } = application;
  const feishu = chats.workspaces.find(({ platform }) => platform === 'feishu');
  const [user, conversation] = [feishu?.users[1]?.id ?? '', feishu?.conversations[0]?.id ?? ''];
  const alert = async (id: string) => {
    await send(readFileSync(EVENT, 'utf8').replace(/"id": *"[^"]*"/, `"id":"${id}"`));
    await stack.idle(IDLE_TIMEOUT_MS);
  };
  const say = async (text: string) => {
    await feishu?.say(user, conversation, text, { mention: true });
    await stack.idle(IDLE_TIMEOUT_MS);
  };
  try {
    await alert('first');
    await say('帮助');
    await say(CASE);
    await sleep(SLACK_INTERVAL_MS);
    const alertSteps = await recorder.record(() => alert('second'));
    const filingSteps = await recorder.record(() => say('提交'));
    return {
      alert: [...TO_THE_QUEUE, ...alertSteps],
      filing: [...callbackSteps(capitalize('feishu')), ...filingSteps],
    };
  } finally {
    await application.close();
  }
}

/** Not recorded, but declared in the template. */
const TO_THE_QUEUE: readonly Step[] = [
  { from: 'EC2', to: 'EC2StateRule', what: 'event' },
  { from: 'EC2StateRule', to: 'EventTopic', what: 'Publish' },
  { from: 'EventTopic', to: 'EventQueue', what: 'SendMessage' },
];

const callbackSteps = (platform: string): Step[] => [
  { from: platform, to: 'CaseApi', what: 'callback, signed' },
  { from: 'CaseApi', to: 'CaseCallback', what: 'invoke' },
  { from: 'CaseCallback', to: 'CaseQueue', what: 'SendMessage' },
  { from: 'CaseCallback', to: platform, what: '200, at once' },
];

/** A Mermaid sequence diagram, in which repeated steps are one arrow. */
function toDiagram(steps: readonly Step[]): string {
  const names = [...new Set(steps.flatMap(({ from, to }) => [from, to]))];
  const key = (name: string): string => name.replaceAll(' ', '');
  const participants = names.map((name) => `participant ${key(name)} as ${name}`);
  const arrows = steps.filter(isNew).map(({ from, to, what }) => `${key(from)}->>${key(to)}: ${what}`);
  return ['```mermaid', 'sequenceDiagram', ...[...participants, ...arrows].map((line) => `  ${line}`), '```'].join(
    '\n',
  );
}

function isNew({ from, to, what }: Step, index: number, steps: readonly Step[]): boolean {
  const before = steps[index - 1];
  return before?.from !== from || before.to !== to || before.what !== what;
}

/** For `npm run docs`: prints JSON with a sequence diagram of one alert and of one case. */
async function main(): Promise<void> {
  const { alert, filing } = await recordStories();
  process.stdout.write(`${JSON.stringify({ alert: toDiagram(alert), filing: toDiagram(filing) })}\n`);
}

main().catch(exitWithError);
