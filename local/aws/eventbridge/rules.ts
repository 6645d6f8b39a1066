import { InvalidPatternError, matcher } from '../../../functions/notifier/format/event-pattern';
import type { Caller } from '../caller';
import { type Input, optionalText, parseRecord, requiredText } from '../input';
import type { Operation } from '../json-service';
import { invalid, ServiceError } from '../service-error';
import { type Bus, type Buses, busOf, type Rule, ruleOf } from './bus';

function compile(pattern: string): (event: unknown) => boolean {
  const refuse = (reason: string) =>
    new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
  const value = parseRecord(pattern);
  if (!value) throw refuse('It is not a JSON object.');
  try {
    return matcher(value);
  } catch (error) {
    throw error instanceof InvalidPatternError ? refuse(error.message) : error;
  }
}

const arnOf = (bus: Bus, name: string): string => {
  const path = bus.name === 'default' ? name : `${bus.name}/${name}`;
  return bus.arn.replace(/:event-bus\/.*$/, `:rule/${path}`);
};

/** Members of PutRule that DescribeRule and ListRules repeat. */
const REPEATED = ['Name', 'EventPattern', 'ScheduleExpression', 'Description', 'RoleArn'];

function describe(rule: Rule, bus: Bus) {
  const repeated = REPEATED.map((member) => [member, rule.settings[member]]);
  const State = rule.enabled ? 'ENABLED' : 'DISABLED';
  return { ...Object.fromEntries(repeated), Arn: rule.arn, EventBusName: bus.name, State };
}

/** What TestEventPattern demands of an event (API reference, TestEventPattern). */
const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

function testEventPattern(input: Input) {
  const event = parseRecord(requiredText(input, 'Event'));
  if (!event) throw invalid('Parameter Event is not valid. Reason: It is not a JSON object.');
  const missing = MANDATORY.filter((field) => !(field in event));
  if (missing.length > 0) throw invalid(`Parameter Event is not valid. Reason: It has no ${missing.join(', ')}.`);
  return { Result: compile(requiredText(input, 'EventPattern'))(event) };
}

/** The operations on rules. A rule's schedule is kept, but nothing runs by it here. */
export function ruleOperations(buses: Buses): Record<string, Operation> {
  function put(input: Input, caller: Caller) {
    const bus = busOf(buses, input, caller);
    const name = requiredText(input, 'Name');
    const pattern = optionalText(input, 'EventPattern');
    if (!pattern && !optionalText(input, 'ScheduleExpression')) {
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    const rule: Rule = {
      name,
      arn: arnOf(bus, name),
      settings: input,
      enabled: input.State !== 'DISABLED',
      matches: pattern ? compile(pattern) : () => false,
      targets: bus.rules.get(name)?.targets ?? new Map(),
    };
    bus.rules.set(name, rule);
    return { RuleArn: rule.arn };
  }

  const enable =
    (enabled: boolean): Operation =>
    (input, caller) => {
      const bus = busOf(buses, input, caller);
      const rule = ruleOf(bus, requiredText(input, 'Name'));
      bus.rules.set(rule.name, { ...rule, enabled });
    };

  return {
    PutRule: put,
    EnableRule: enable(true),
    DisableRule: enable(false),
    TestEventPattern: testEventPattern,
    DescribeRule(input, caller) {
      const bus = busOf(buses, input, caller);
      return describe(ruleOf(bus, requiredText(input, 'Name')), bus);
    },
    ListRules(input, caller) {
      const bus = busOf(buses, input, caller);
      const prefix = optionalText(input, 'NamePrefix') ?? '';
      const rules = [...bus.rules.values()].filter(({ name }) => name.startsWith(prefix));
      return { Rules: rules.map((rule) => describe(rule, bus)) };
    },
    DeleteRule(input, caller) {
      const bus = busOf(buses, input, caller);
      const name = requiredText(input, 'Name');
      if (bus.rules.get(name)?.targets.size) throw invalid("Rule can't be deleted since it has targets.");
      bus.rules.delete(name);
    },
  };
}
