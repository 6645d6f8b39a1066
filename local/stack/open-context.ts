import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { partitionOf } from '../aws/partition';
import { createClock } from '../clock';
import { type CombinedLayers, combineLayers } from '../lambda/layers';
import { createClients } from './clients';
import { arnOf, type StackContext } from './context';
import type { StackOptions } from './stack-options';

export interface OpenStackContext extends StackContext {
  /** Resolves when every event so far has reached its targets. */
  eventsDelivered(): Promise<void>;
  /** Ends every API, function and connection, and removes the layers' folders. */
  close(): Promise<void>;
}

/** @param bootstrap path of the compiled `bootstrap.ts` */
export function openStackContext(options: StackOptions, folder: string, bootstrap: string): OpenStackContext {
  const { aws, environment, stackName = 'casebell', clock = createClock() } = options;
  const { log, onInvoked, onAnswered } = options;
  const clients = createClients(aws);
  const combined = new Map<string, Promise<CombinedLayers>>();
  const functions: StackContext['functions'] = new Map();
  const apis: StackContext['apis'] = new Map();

  /** Functions with the same layers share one copy. */
  async function opt(folders: readonly string[]): Promise<string> {
    const key = folders.join('\n');
    const layers = combined.get(key) ?? combineLayers(folders);
    combined.set(key, layers);
    return (await layers).opt;
  }

  return {
    ...{ stackName, folder, bootstrap, environment, log, onInvoked, onAnswered, clients, clock, functions, opt },
    apis,
    account: aws.account,
    region: aws.region,
    partition: partitionOf(aws.region),
    layers: new Map(),
    eventsDelivered: aws.idle,
    sources: [],
    async close() {
      await Promise.all([...apis.values()].map((one) => one.close()));
      await Promise.all([...functions.values()].map((one) => one.close()));
      await Promise.all([...combined.values()].map(async (layers) => (await layers).remove()));
      clients.close();
    },
  };
}

/**
 * Accepts a folder in layer layout (`nodejs/...`), relative to the working directory, in place of a layer version ARN. The folder
 * becomes a local layer and the parameter its ARN, so it matches the parameter's pattern.
 */
export function withLocalLayers(
  given: Readonly<Record<string, string>>,
  context: StackContext,
): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, layerArn(value, context) ?? value]));
}

function layerArn(value: string, context: StackContext): string | undefined {
  if (!/[/\\]/.test(value) || !existsSync(join(value, 'nodejs'))) return undefined;
  const folder = resolve(value);
  const name = basename(folder).replace(/[^A-Za-z0-9_-]/g, '-');
  const arn = arnOf('lambda', `layer:local-${name}:${context.layers.size + 1}`, context);
  context.layers.set(arn, folder);
  return arn;
}
