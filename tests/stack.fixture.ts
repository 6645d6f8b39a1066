import { resolve } from '../local/stack/intrinsics';
import { planOf } from '../local/stack/plan';
import type { Created } from '../local/stack/site';
import { readTemplate } from '../local/stack/template';

interface Resource {
  type: string;
  properties: Record<string, unknown>;
}

/**
 * template.yaml's resources under these parameters, with their functions carried out; what would be made by AWS is called by its logical
 * id, and its attribute by both, e.g. `EventQueue.QueueName`.
 */
export async function resolved(given: Record<string, string>): Promise<Record<string, Resource>> {
  const identity = { stackName: 'stack', account: '111122223333', region: 'us-east-1' };
  const plan = planOf(await readTemplate('template.yaml'), { WebhookUrl: 'https://chat.example', ...given }, identity);
  const scope = plan.scope(new Map(Object.keys(plan.resources).map((id) => [id, made(id)])));
  const all = Object.entries(plan.resources).map(([id, { type, properties }]) => {
    return [id, { type, properties: resolve(properties, scope) }];
  });
  return Object.fromEntries(all);
}

const made = (id: string): Created => ({
  ref: id,
  attributes: new Proxy({}, { get: (_, name) => `${id}.${String(name)}` }),
});
