import { resolveValue } from './intrinsics';
import { mappingOf } from './mapping';
import type { Plan } from './plan';
import { createProperties } from './properties';
import { RESOURCE_TYPES } from './resources/resource-types';
import type { CreatedResource, StackContext } from './site';
import { TemplateError } from './template-error';

/**
 * Creates each resource as soon as what it needs is there. Throws, once nothing is under way any more, the first error
 * in creation order, with the resource's name and type.
 */
export async function createResources(plan: Plan, site: StackContext): Promise<Map<string, CreatedResource>> {
  const created = new Map<string, CreatedResource>();
  const creations = new Map<string, Promise<void>>();
  for (const [id, needs] of plan.order) {
    const ready = Promise.all(needs.map((need) => creations.get(need)));
    creations.set(
      id,
      ready.then(async () => {
        created.set(id, await create(id, plan, created, site));
      }),
    );
  }
  const failure = (await Promise.allSettled(creations.values())).find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  return created;
}

async function create(
  id: string,
  plan: Plan,
  created: ReadonlyMap<string, CreatedResource>,
  site: StackContext,
): Promise<CreatedResource> {
  const { type = '', properties } = plan.resources[id] ?? {};
  try {
    const make = RESOURCE_TYPES[type];
    if (!make) throw new TemplateError('This type is not supported by the local stack.');
    return await make(
      id,
      createProperties(mappingOf(resolveValue(properties, plan.scope(created)), 'Properties')),
      site,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`${id} (${type}): ${reason}`, { cause: error });
  }
}
