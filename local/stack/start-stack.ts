import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InvocationResult } from '../lambda/function';
import { createResources } from './create-resources';
import { resolveValue } from './intrinsics';
import { withLocalLayers } from './layer-parameters';
import { localUrl } from './local-url';
import { textOf } from './mapping';
import { type OpenStackContext, openStackContext } from './open-site';
import { applyOverrides } from './overrides';
import { createPlan, type Plan } from './plan';
import type { CreatedResource } from './site';
import type { StackOptions } from './stack-options';
import { readTemplate } from './template';
import { waitUntilIdle } from './until-idle';

export type { StackOptions } from './stack-options';

export interface Stack {
  readonly outputs: Readonly<Record<string, string>>;
  /** By logical id. */
  readonly resources: Readonly<Record<string, CreatedResource>>;
  /** By logical id. */
  readonly functions: Readonly<Record<string, (event: unknown) => Promise<InvocationResult>>>;
  /** What a url of one of the stack's APIs is on this machine. Throws for a url of nobody's here. */
  localUrl(url: string): string;
  /**
   * Resolves when every event is delivered, the queues that functions read are empty, also of delayed messages, and no batch,
   * schedule or request of theirs runs; or after that many milliseconds, when somebody will not wait for ever.
   */
  idle(patience?: number): Promise<void>;
  /**
   * Kills every execution environment of a function at once, as kill -9 does: its running invocations fail, and what they
   * had of a queue comes back after its VisibilityTimeout. Throws for a function that is not there.
   */
  crash(id: string): Promise<void>;
  /** Ends everything that runs; what is stored in the local AWS stays there. */
  close(): Promise<void>;
}

/** Runs what a template declares on this machine. Throws TemplateError when the template or a parameter is wrong. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const template = applyOverrides(await readTemplate(options.template), options.overrides ?? {});
  const site = openStackContext(options, template.folder, bootstrapOf(options));
  try {
    const plan = createPlan(template, withLocalLayers(options.parameters, site), site);
    const created = await createResources(plan, site);
    return openStack(site, created, outputsOf(plan, created));
  } catch (error) {
    await site.close();
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
  site: OpenStackContext,
  created: ReadonlyMap<string, CreatedResource>,
  outputs: Stack['outputs'],
): Stack {
  const pollers = site.sources.map((source) => source.start());
  const queueUrls = [...new Set(site.sources.flatMap((source) => source.queueUrl ?? []))];
  return {
    outputs,
    resources: Object.fromEntries(created),
    functions: Object.fromEntries([...site.functions].map(([id, one]) => [id, one.invoke])),
    localUrl: (url) => localUrl(url, [...site.apis.values()]),
    idle: (patience = Number.POSITIVE_INFINITY) =>
      waitUntilIdle(site, queueUrls, [...pollers, ...site.apis.values()], patience),
    async crash(id) {
      const victim = site.functions.get(id);
      if (!victim) throw new Error(`The stack has no function ${id}.`);
      await victim.crash();
    },
    async close() {
      const ended = Promise.all([...pollers, ...site.apis.values()].map((one) => one.close()));
      await Promise.all([...site.functions.values()].map((one) => one.close()));
      await ended;
      await site.close();
    },
  };
}
