import type { Application, ApplicationOptions } from '../application';
import type { Step } from './step';

/** Those that functions call. */
const SERVICES: Readonly<Record<string, string>> = {
  bedrock: 'Bedrock',
  dynamodb: 'DynamoDB',
  secretsmanager: 'Secrets Manager',
  sts: 'STS',
  support: 'AWS Support',
};

/** Whom a call went to, and for what. */
type Call = Pick<Step, 'to' | 'what'>;

/**
 * Listens to what functions do, one invocation after the other: what they ask of AWS's services and of chat platforms, as the emulators
 * see it. SQS and SNS live in a thread of their own, and are not heard.
 */
export function openEar() {
  let calls: Call[] = [];
  let steps: Step[] = [];

  /** All that was heard since belongs to the invocation that has ended. */
  const onInvoked: NonNullable<ApplicationOptions['onInvoked']> = (source, event) => {
    const queue = queueOf(event);
    // The door, once warm, calls nobody but its queue, and is still at it when the worker has begun.
    if (!queue) return;
    steps.push({ from: queue, to: source, what: 'message' });
    steps.push(...calls.map((call) => ({ from: source, ...call })));
    calls = [];
  };

  function listen({ aws, chats }: Application): void {
    aws.watch(({ name, when }) => {
      const [service = '', what = ''] = name.split('.');
      const to = SERVICES[service];
      if (when === 'before' && to) calls.push({ to, what: inOneWord(service, what) });
    });
    chats.watch(({ name, when }) => {
      const [platform = '', ...what] = name.split(' ');
      if (when === 'before') calls.push({ to: named(platform), what: anonymous(what.join(' ')) });
    });
    chats.onMessage(({ platform }, { view }) =>
      calls.push({ to: named(platform), what: view.title.replace(/[;#]/g, ',') }),
    );
  }

  /** What was done meanwhile. */
  async function during(work: () => Promise<unknown>): Promise<Step[]> {
    [calls, steps] = [[], []];
    await work();
    return steps;
  }

  return { onInvoked, listen, during };
}

/** What is asked of a table in turn is of no interest, only whether something is written down before the next step. */
function inOneWord(service: string, operation: string): string {
  if (service !== 'dynamodb') return operation;
  return /Get|Query|Scan/.test(operation) ? 'read' : 'write down';
}

/** The name of the queue whose message a function was called for; undefined for anything else. */
function queueOf(event: unknown): string | undefined {
  const { Records } = Object(event) as { Records?: { eventSourceARN?: string }[] };
  return Records?.[0]?.eventSourceARN
    ?.split(/[:-]/)
    .at(-1)
    ?.replace(/\.fifo$/, '');
}

export const named = (platform: string): string => `${platform.charAt(0).toUpperCase()}${platform.slice(1)}`;

/** Ids differ from run to run. */
const anonymous = (path: string): string => path.replace(/\?.*/, '').replace(/\/(?:o[cmu]_|cli_)[\w-]+/g, '/…');
