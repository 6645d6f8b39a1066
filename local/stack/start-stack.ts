import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, type QueueAttributeName, type SQSClient } from '@aws-sdk/client-sqs';
import type { HttpApi } from '../http-api/http-api';
import type { InvocationResult } from '../lambda/function';
import type { CreatedResource } from './context';
import { createResources } from './create-resources';
import { resolveValue } from './intrinsics';
import { applyOverrides } from './merge-properties';
import { type OpenStackContext, openStackContext, withLocalLayers } from './open-context';
import { createPlan, type Plan } from './plan';
import type { StackOptions } from './stack-options';
import { readTemplate } from './template';
import { textOf } from './values';

export type { StackOptions } from './stack-options';

export interface Stack {
  readonly outputs: Readonly<Record<string, string>>;
  /** By logical id. */
  readonly resources: Readonly<Record<string, CreatedResource>>;
  /** By logical id. */
  readonly functions: Readonly<Record<string, (event: unknown) => Promise<InvocationResult>>>;
  /** The local url for a url of one of the stack's APIs. @throws for another url */
  localUrl(url: string): string;
  /**
   * Resolves when every event is delivered, the queues of functions are empty, delayed messages included, and no batch, schedule
   * or request is running; or after `timeoutMs` of real time.
   */
  idle(timeoutMs?: number): Promise<void>;
  /**
   * Kills every execution environment of a function, as kill -9 does: running invocations fail, and their queue messages become
   * visible again after the VisibilityTimeout. @throws for an unknown function
   */
  crash(id: string): Promise<void>;
  /** Ends all functions and APIs; data in the local AWS stays. */
  close(): Promise<void>;
}

/** Runs a template's resources on this machine. @throws TemplateError for an invalid template or parameter */
export async function startStack(options: StackOptions): Promise<Stack> {
  const template = applyOverrides(await readTemplate(options.template), options.overrides ?? {});
  const context = openStackContext(options, template.folder, bootstrapOf(options));
  try {
    const plan = createPlan(template, withLocalLayers(options.parameters, context), context);
    const created = await createResources(plan, context);
    return openStack(context, created, outputsOf(plan, created));
  } catch (error) {
    await context.close();
    throw error;
  }
}

function bootstrapOf({ bootstrap = join(__dirname, 'bootstrap.js') }: StackOptions): string {
  if (!existsSync(bootstrap)) throw new Error(`${bootstrap} is missing: run npm run build.`);
  return bootstrap;
}

function outputsOf(plan: Plan, created: ReadonlyMap<string, CreatedResource>): Record<string, string> {
  const values = Object.entries(plan.outputs).map(([name, value]) => {
    const what = `Output ${name}`;
    return [name, textOf(resolveValue(value, plan.scope(created)), what)] as const;
  });
  return Object.fromEntries(values);
}

function openStack(
  context: OpenStackContext,
  created: ReadonlyMap<string, CreatedResource>,
  outputs: Stack['outputs'],
): Stack {
  const pollers = context.sources.map((source) => source.start());
  const queueUrls = [...new Set(context.sources.flatMap((source) => source.queueUrl ?? []))];
  return {
    outputs,
    resources: Object.fromEntries(created),
    functions: Object.fromEntries([...context.functions].map(([id, one]) => [id, one.invoke])),
    localUrl: (url) => localUrl(url, [...context.apis.values()]),
    idle: (timeoutMs = Number.POSITIVE_INFINITY) =>
      waitUntilIdle(context, queueUrls, [...pollers, ...context.apis.values()], timeoutMs),
    async crash(id) {
      const target = context.functions.get(id);
      if (!target) throw new Error(`The stack has no function ${id}.`);
      await target.crash();
    },
    async close() {
      const ended = Promise.all([...pollers, ...context.apis.values()].map((one) => one.close()));
      await Promise.all([...context.functions.values()].map((one) => one.close()));
      await ended;
      await context.close();
    },
  };
}

/** The local url with the same stage, path and query. @throws for a url of another host */
export function localUrl(url: string, apis: readonly Pick<HttpApi, 'endpoint' | 'url'>[]): string {
  const { origin } = new URL(url);
  const api = apis.find(({ endpoint }) => endpoint === origin);
  if (!api) throw new Error(`No API of the stack has the url ${origin}.`);
  return api.url + url.slice(api.endpoint.length);
}

const COUNTS: QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];

/**
 * Resolves when every event is delivered, the queues are empty and no worker is busy, or after `timeoutMs`. It checks twice, because
 * one function's message may be on its way to another function's queue. A message that waits for a retry counts.
 */
export async function waitUntilIdle(
  context: OpenStackContext,
  queueUrls: readonly string[],
  workers: readonly { isBusy(): boolean }[],
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let quiet = 0; quiet < 2 && performance.now() < deadline; await sleep(20)) {
    await context.eventsDelivered();
    const left = await Promise.all(queueUrls.map((queueUrl) => messagesIn(context.clients.sqs, queueUrl)));
    const busy = left.some((count) => count > 0) || workers.some((worker) => worker.isBusy());
    quiet = busy ? 0 : quiet + 1;
  }
}

async function messagesIn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: COUNTS }));
  return COUNTS.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}
