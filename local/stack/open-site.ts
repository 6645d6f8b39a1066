import { createClock } from '../clock';
import { type CombinedLayers, combineLayers } from '../lambda/layers';
import { createClients } from './clients';
import { partitionOf } from './pseudo-parameters';
import type { StackContext } from './site';
import type { StackOptions } from './stack-options';

export interface OpenStackContext extends StackContext {
  /** Resolves when every event so far has reached its targets. */
  delivered(): Promise<void>;
  /** Ends every API, function and connection, and removes what was laid out. */
  close(): Promise<void>;
}

/** @param bootstrap the compiled file. */
export function openStackContext(options: StackOptions, folder: string, bootstrap: string): OpenStackContext {
  const { aws, environment, stackName = 'casebell', clock = createClock(), ports = {} } = options;
  const { log, onInvoked, onAnswered } = options;
  const clients = createClients(aws);
  const laidOut = new Map<string, Promise<CombinedLayers>>();
  const functions: StackContext['functions'] = new Map();
  const apis: StackContext['apis'] = new Map();

  /** Functions with the same layers share one copy. */
  async function opt(folders: readonly string[]): Promise<string> {
    const key = folders.join('\n');
    const layers = laidOut.get(key) ?? combineLayers(folders);
    laidOut.set(key, layers);
    return (await layers).opt;
  }

  return {
    ...{ stackName, folder, bootstrap, environment, log, onInvoked, onAnswered, clients, clock, functions, opt },
    ...{ apis, ports },
    account: aws.account,
    region: aws.region,
    partition: partitionOf(aws.region).partition,
    layers: new Map(),
    delivered: aws.idle,
    sources: [],
    async close() {
      await Promise.all([...apis.values()].map((one) => one.close()));
      await Promise.all([...functions.values()].map((one) => one.close()));
      await Promise.all([...laidOut.values()].map(async (layers) => (await layers).remove()));
      clients.close();
    },
  };
}
