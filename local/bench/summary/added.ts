import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Application, startApplication } from '../../application';
import { type Figure, median, round } from '../figure';

/** In s: what a model may add to an alert (README, "A model"). */
const BOX = 8;

/** Seconds from an event to the last chat, over those without a model. */
export async function added(): Promise<Figure[]> {
  // Each of an application of its own: the chats' pace would hold back a second one.
  const offs = [
    await alone({}, (once) => once()),
    await alone({}, (once) => once()),
    await alone({}, (once) => once()),
  ];
  const off = median(offs);
  const figures: Figure[] = [];
  for (const [name, manner, ms] of SLOW) {
    const took = await alone({ EnableLLM: 'true' }, async (once, behave) => {
      behave(manner, ms);
      return once();
    });
    const goal = { atMost: BOX + SLACK };
    figures.push({
      bench: 'summary',
      figure: `an alert takes longer, model ${name}`,
      value: round(took - off),
      unit: 's',
      goal,
    });
  }
  return figures;
}

/** In s: two runs of the same on this machine differ by so much. */
const SLACK = 0.5;
const SLOW = [
  ['answers at once', 'extractive', 0],
  ['answers in 3 s', 'extractive', 3_000],
  ['answers in 30 s', 'extractive', 30_000],
  ['hangs', 'hang', 0],
  ['is throttled', 'throttle', 0],
  ['invents an id', 'hallucinated-id', 0],
] as const;

type Behave = (manner: (typeof SLOW)[number][1], ms: number) => void;

async function alone(
  parameters: Record<string, string>,
  run: (once: () => Promise<number>, behave: Behave) => Promise<number>,
): Promise<number> {
  const application = await startApplication({ port: 0, parameters, log: () => undefined });
  try {
    // The first event of a process pays for its start.
    await tell(application);
    await sleep(1_000);
    return await run(() => tell(application), application.aws.bedrock.behave);
  } finally {
    await application.close();
  }
}

/** In ms: more than a model is given, and less than a lost event would take. */
const PATIENCE = 40_000;
let serial = 0;

/** Seconds until an event that is worth a summary has reached every chat. Throws when it has not. */
async function tell({ chats, send }: Application): Promise<number> {
  serial += 1;
  const event = readFileSync('events/health-issue-open.json', 'utf8').replaceAll(
    '5b89633eb193',
    `5b89633e${1000 + serial}`,
  );
  const had = chats.rooms.map(({ messages }) => messages.length);
  const missing = () => chats.rooms.some(({ messages }, index) => messages.length === had[index]);
  const began = performance.now();
  await send(event);
  while (missing() && performance.now() - began < PATIENCE) await sleep(5);
  if (missing()) throw new Error('The event did not reach all chats.');
  return (performance.now() - began) / 1000;
}
