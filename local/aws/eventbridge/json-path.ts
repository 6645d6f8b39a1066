import { isRecord } from '../input';
import { invalid } from '../service-error';

type Step = string | number;

const PATH = /^\$(?:\.[\w-]+|\[\d+\])*$/;

/**
 * Reads a value out of an event: `$`, `$.detail.state`, `$.resources[0]`; undefined where the path leads nowhere.
 * @throws ServiceError for any other notation
 */
export function jsonPath(path: string): (event: unknown) => unknown {
  if (!PATH.test(path)) throw invalid(`Invalid JSON path ${path}.`);
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]): Step => name ?? Number(index));
  return (event) =>
    steps.reduce((value: unknown, step) => {
      if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
      return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    }, event);
}
