import { InvalidPatternError, matcher } from '../../../functions/notifier/format/event-pattern';
import type { Caller } from '../caller';
import { type Input, optionalRecord, optionalText, parseRecord, requiredRecords, requiredText } from '../input';
import type { Operation } from '../json-service';
import { invalid, ServiceError } from '../service-error';
import { type Buses, busIn, type Rule, type Target } from './buses';
import type { BusEvent } from './event';
import { compileTransformer } from './input-transformer';

/** Quota of one rule. */
const MAX_TARGETS = 5;

function compilePattern(pattern: string): (event: unknown) => boolean {
  const rejection = (reason: string) =>
    new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
  const value = parseRecord(pattern);
  if (!value) throw rejection('It is not a JSON object.');
  try {
    return matcher(value);
  } catch (error) {
    throw error instanceof InvalidPatternError ? rejection(error.message) : error;
  }
}

/** A target's message for an event: the event, or what its InputTransformer makes of it. */
export function compileMessage({ settings }: Target): (event: BusEvent, rule: Rule) => string {
  if (settings.Input !== undefined || settings.InputPath !== undefined)
    throw invalid('Input and InputPath are not emulated: use an InputTransformer.');
  const transformer = optionalRecord(settings, 'InputTransformer');
  return transformer ? compileTransformer(transformer) : (event) => JSON.stringify(event);
}

function targetOf(settings: Input): Target {
  const target = { id: requiredText(settings, 'Id'), arn: requiredText(settings, 'Arn'), settings };
  if (!/^arn:aws[\w-]*:(sns|sqs|events):/.test(target.arn)) {
    throw invalid(`Target ${target.id} is neither a topic, a queue nor an event bus: only these are emulated.`);
  }
  compileMessage(target);
  return target;
}

/** PutRule and PutTargets. */
export function createRuleOperations(buses: Buses): Record<string, Operation> {
  function findRule(input: Input, caller: Caller): Rule {
    const name = requiredText(input, 'Rule');
    const rule = busIn(input, buses, caller).rules.get(name);
    if (rule) return rule;
    throw new ServiceError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  }

  return {
    PutRule(input, caller) {
      const { arn, rules } = busIn(input, buses, caller);
      const name = requiredText(input, 'Name');
      const pattern = optionalText(input, 'EventPattern');
      if (!pattern) throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
      const rule: Rule = {
        name,
        arn: arn.replace(/:event-bus\/.*$/, `:rule/${name}`),
        isEnabled: input.State !== 'DISABLED',
        matches: compilePattern(pattern),
        targets: rules.get(name)?.targets ?? new Map(),
      };
      rules.set(name, rule);
      return { RuleArn: rule.arn };
    },
    PutTargets(input, caller) {
      const { targets } = findRule(input, caller);
      const added = requiredRecords(input, 'Targets').map(targetOf);
      if (new Set([...targets.keys(), ...added.map(({ id }) => id)]).size > MAX_TARGETS) {
        throw new ServiceError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
      }
      for (const target of added) targets.set(target.id, target);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  };
}
