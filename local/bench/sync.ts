import { setTimeout as sleep } from 'node:timers/promises';
import { type Application, startApplication } from '../application';
import { createErrorLog } from '../error-log';
import { type Figure, round } from './figure';
import { type Cases, openCases } from './sync/cases';

const OPEN = [50, 200, 1000];
const CHANGED = 5;
/** Answers of AWS, one after the other, from the event to the chat. */
const ANSWERS = 60;

/**
 * What following open cases costs: calls of the Support API and seconds for one poll, and beside it the way of asking for each case;
 * then how long an answer takes from AWS's event to the chat.
 */
export async function sync(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of OPEN) figures.push(...(await rounds(count)));
  return [...figures, ...(await answers())];
}

async function rounds(count: number): Promise<Figure[]> {
  const application = await open();
  const cases = await openCases(application, count);
  const calls = watchCalls(application);
  for (const { displayId } of cases.ids.slice(0, CHANGED)) application.aws.support.engineer.answer(displayId, 'news');
  const polled = await timed(async () => application.stack.functions.CaseWorker?.({ casebell: 'poll' }));
  const asked = calls.stop();
  const told = cases.group.posts.length;
  if (told !== CHANGED) throw new Error(`${told} of ${CHANGED} answers were told.`);
  // The same emulator, which takes no more than five calls a second of either.
  const naive = await timed(() => cases.askEach());
  cases.close();
  await application.close();
  const figure = (name: string, value: number, unit: string, goal?: Figure['goal']) => ({
    bench: 'sync',
    figure: `${count} open, ${CHANGED} changed: ${name}`,
    value,
    unit,
    ...(goal && { goal }),
  });
  return [
    figure('calls in a round', asked.count, 'calls', count === 200 ? { atMost: 12 } : undefined),
    figure('most calls in a second', asked.most, 'calls', { atMost: 5 }),
    figure('a round', round(polled.seconds), 's'),
    figure('calls when each case is asked for', naive.result ?? 0, 'calls'),
    figure('a round when each case is asked for', round(naive.seconds), 's'),
  ];
}

async function answers(): Promise<Figure[]> {
  const application = await open();
  const cases = await openCases(application, 1);
  application.aws.support.set({ callsPerSecond: Infinity, lostEvents: 0 });
  const took: number[] = [];
  for (let number = 0; number < ANSWERS; number += 1) took.push(await answer(application, cases, `answer ${number}`));
  cases.close();
  await application.close();
  const sorted = took.sort((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  const figure = `event to chat, ${ANSWERS} answers`;
  return [
    { bench: 'sync', figure: `${figure}: p50`, value: at(0.5), unit: 'ms' },
    { bench: 'sync', figure: `${figure}: p99`, value: at(0.99), unit: 'ms', goal: { atMost: 2000 } },
  ];
}

async function answer({ aws }: Application, { ids, group }: Cases, words: string): Promise<number> {
  const had = group.posts.length;
  const began = performance.now();
  aws.support.engineer.answer(ids[0]?.displayId ?? '', words);
  for (let waits = 0; group.posts.length === had && waits < 2_000; waits += 1) await sleep(5);
  const took = performance.now() - began;
  // Feishu takes five messages a second in one chat.
  await sleep(250);
  return took;
}

const open = (): Promise<Application> =>
  startApplication({ port: 0, parameters: {}, log: createErrorLog((line) => process.stderr.write(`${line}\n`)) });

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { seconds: (performance.now() - began) / 1000, result };
}

/** Counts the calls of the Support API, and the most of them within any second. */
function watchCalls({ aws }: Application): { stop(): { count: number; most: number } } {
  const times: number[] = [];
  const end = aws.watch(({ name, when }) => {
    if (name.startsWith('support.') && when === 'before') times.push(performance.now());
  });
  return {
    stop() {
      end();
      const within = times.map((time) => times.filter((other) => other >= time && other < time + 1000).length);
      return { count: times.length, most: Math.max(0, ...within) };
    },
  };
}
