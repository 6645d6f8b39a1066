import { type Input, optionalRecord, optionalText, requiredRecords, requiredText, requiredTexts } from '../input';
import type { Operation } from '../json-service';
import { invalid, ServiceError } from '../service-error';
import { type Buses, busOf, type Rule, ruleOf, type Target } from './bus';
import type { BusEvent } from './event';
import { inputTransformer } from './input-transformer';
import { jsonPath } from './json-path';

/** The quota on targets of one rule. */
const MOST_TARGETS = 5;

/** What a target will be told about an event: the event, or what Input, InputPath or InputTransformer make of it. */
export function messageOf({ settings }: Target): (event: BusEvent, rule: Rule) => string {
  const transformer = optionalRecord(settings, 'InputTransformer');
  const path = optionalText(settings, 'InputPath');
  const fixed = optionalText(settings, 'Input');
  if ([transformer, path, fixed].filter((way) => way !== undefined).length > 1) {
    throw invalid('Only one of Input, InputPath, or InputTransformer must be provided for a target.');
  }
  if (transformer) return inputTransformer(transformer);
  if (fixed !== undefined) return () => fixed;
  const read = jsonPath(path ?? '$');
  return (event) => JSON.stringify(read(event) ?? null);
}

function targetOf(settings: Input): Target {
  const target = { id: requiredText(settings, 'Id'), arn: requiredText(settings, 'Arn'), settings };
  if (!/^arn:aws[\w-]*:(sns|sqs|events):/.test(target.arn)) {
    throw invalid(`Target ${target.id} is neither a topic, a queue nor an event bus: only these are emulated.`);
  }
  messageOf(target);
  return target;
}

const NOTHING_FAILED = { FailedEntryCount: 0, FailedEntries: [] };

/** The operations on targets. */
export function targetOperations(buses: Buses): Record<string, Operation> {
  return {
    PutTargets(input, caller) {
      const { targets } = ruleOf(busOf(buses, input, caller), requiredText(input, 'Rule'));
      const added = requiredRecords(input, 'Targets').map(targetOf);
      if (new Set([...targets.keys(), ...added.map(({ id }) => id)]).size > MOST_TARGETS) {
        throw new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
      }
      for (const target of added) targets.set(target.id, target);
      return NOTHING_FAILED;
    },
    RemoveTargets(input, caller) {
      const { targets } = ruleOf(busOf(buses, input, caller), requiredText(input, 'Rule'));
      for (const id of requiredTexts(input, 'Ids')) targets.delete(id);
      return NOTHING_FAILED;
    },
    ListTargetsByRule(input, caller) {
      const { targets } = ruleOf(busOf(buses, input, caller), requiredText(input, 'Rule'));
      return { Targets: [...targets.values()].map(({ settings }) => settings) };
    },
  };
}
