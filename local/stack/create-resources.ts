import type { CreatedResource, StackContext } from './context';
import { resolveValue } from './intrinsics';
import type { Plan } from './plan';
import { RESOURCE_TYPES } from './resources/resource-types';
import { createProperties, mappingOf, TemplateError } from './values';

/**
 * Creates each resource as soon as those that it depends on exist.
 * @throws the first error in creation order, with the resource's name and type, when no creation is in progress
 */
export async function createResources(plan: Plan, context: StackContext): Promise<Map<string, CreatedResource>> {
  const created = new Map<string, CreatedResource>();
  const creations = new Map<string, Promise<void>>();
  for (const [id, needs] of plan.order) {
    const ready = Promise.all(needs.map((need) => creations.get(need)));
    creations.set(
      id,
      ready.then(async () => {
        created.set(id, await create(id, plan, created, context));
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
  context: StackContext,
): Promise<CreatedResource> {
  const { type = '', properties } = plan.resources[id] ?? {};
  try {
    const make = RESOURCE_TYPES[type];
    if (!make) throw new TemplateError('This type is not supported by the local stack.');
    return await make(
      id,
      createProperties(mappingOf(resolveValue(properties, plan.scope(created)), 'Properties')),
      context,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`${id} (${type}): ${reason}`, { cause: error });
  }
}
