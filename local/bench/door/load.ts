import type { QueuedMessage } from '../../../functions/case-bot/webhook/handle-callback';
import { type Application, startApplication } from '../../application';
import type { Usage } from '../../aws/start-aws';
import { createClients } from '../../stack/clients';
import { type Letter, lettersOf } from './letters';
import { type Answer, pour } from './pour';
import { drain, LONE_DOOR } from './queue';
import { watchIdle } from './watch-idle';

/** In ms: a hundred a second, for twenty seconds. */
const PAUSE = 10;
const COUNT = 2000;
/** At once, before it begins: so many execution environments are warm then. */
const WARM_UP = 8;

export interface Load {
  answers: readonly Answer[];
  /** Request ids of those that met no warm environment. */
  cold: ReadonlySet<string>;
  /** What it asked of AWS meanwhile, by operation. */
  requests: Readonly<Record<string, number>>;
  /** What was in the queue afterwards. */
  heard: readonly QueuedMessage[];
  /** How much of the machine's CPU nobody used meanwhile, in %. */
  idle: number;
}

/** A hundred callbacks a second at the door of the local stack, over real connections. */
export async function load(): Promise<Load> {
  const cold = new Set<string>();
  const application = await startApplication({
    port: 0,
    parameters: {},
    log: () => undefined,
    overrides: LONE_DOOR,
    onInvoked: (_source, event, invoked) => void (invoked.cold && cold.add(requestIdOf(event))),
  });
  const { aws, stack, close } = application;
  const clients = createClients(aws);
  const queue = stack.resources.CaseQueue?.ref ?? '';
  const urlOf = doorsOf(application);
  try {
    const letters = lettersOf(WARM_UP + COUNT, Date.now());
    await pour(letters.splice(0, WARM_UP), urlOf, 0);
    await drain(clients.sqs, queue);
    const [before, idle] = [await aws.usage(), watchIdle()];
    const answers = await pour(letters, urlOf, PAUSE);
    const [idleMeanwhile, requests] = [idle(), between(before, await aws.usage())];
    return { answers, cold, requests, heard: await drain(clients.sqs, queue), idle: idleMeanwhile };
  } finally {
    clients.close();
    await close();
  }
}

function doorsOf({ stack }: Application): (letter: Letter) => string {
  const base = stack.localUrl(stack.outputs.CaseCallbackUrl ?? '');
  return ({ platform }) => `${base}/${platform}/main`;
}

const requestIdOf = (event: unknown): string => String(Object(Object(event).requestContext).requestId);

/** Without what pollers ask of other queues all the time. */
function between(before: Usage, after: Usage): Record<string, number> {
  const asked = Object.entries(after.requests).map(
    ([name, count]) => [name, count - (before.requests[name] ?? 0)] as const,
  );
  return Object.fromEntries(asked.filter(([name, count]) => count > 0 && name !== 'sqs.ReceiveMessage'));
}
