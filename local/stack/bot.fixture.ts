import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalAws, startAws } from '../aws/start-aws';
import type { AnsweredRequest } from '../http-api/http-api';
import { compileBootstrap } from '../lambda/compile-bootstrap';
import type { InvocationResult } from '../lambda/function';
import { type Clients, createClients } from './clients';
import { writeExampleBot } from './example-bot';
import type { StackOptions } from './stack-options';
import { type Stack, startStack } from './start-stack';

/** The example bot with a local AWS, and everything that it logs. */
export interface TestBot {
  readonly aws: LocalAws;
  readonly clients: Clients;
  /** Prefixed with the logical id. */
  readonly lines: string[];
  readonly invoked: { source: string; event: unknown; invoked: InvocationResult }[];
  readonly answered: { source: string; answered: AnsweredRequest }[];
  /** Starts a stack with a new name; the caller closes it. */
  start(options?: Partial<StackOptions>): Promise<Stack>;
  close(): Promise<void>;
}

export async function openTestBot(): Promise<TestBot> {
  const [folder, bootstrap, aws] = await Promise.all([writeExampleBot(), compileBootstrap(), startAws()]);
  const clients = createClients(aws);
  const bench: Pick<TestBot, 'lines' | 'invoked' | 'answered'> = { lines: [], invoked: [], answered: [] };
  let stacks = 0;

  return {
    ...bench,
    aws,
    clients,
    start: (options) =>
      startStack({
        template: join(folder, 'template.yaml'),
        stackName: `bot${++stacks}`,
        ...{ bootstrap, aws, parameters: {}, environment: aws.env },
        log: (source, line) => bench.lines.push(`${source}: ${line}`),
        onInvoked: (source, event, invoked) => bench.invoked.push({ source, event, invoked }),
        onAnswered: (source, answered) => bench.answered.push({ source, answered }),
        ...options,
      }),
    async close() {
      clients.close();
      await aws.close();
      await Promise.all([folder, dirname(bootstrap)].map((path) => rm(path, { recursive: true })));
    },
  };
}

const MAX_POLLS = 6_000;

/** Polls until the condition is met. @throws after too many polls, so that a failed test ends */
export async function until(isMet: () => boolean | Promise<boolean>): Promise<void> {
  for (let polls = 0; !(await isMet()); polls += 1) {
    if (polls === MAX_POLLS) throw new Error('The condition was not met.');
    await sleep(5);
  }
}
