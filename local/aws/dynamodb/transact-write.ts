import type { Item } from 'dynalite/db';
import { type Input, optionalText, records } from '../input';
import { invalid, ServiceError } from '../service-error';
import type { Dynalite } from './dynalite';
import type { Gate } from './gate';
import type { Meter } from './meter';
import { objection, planStep, type Step } from './transaction-plan';

interface Reason {
  Code: string;
  Message?: string;
  Item?: Item;
}

const NONE: Reason = { Code: 'None' };

function canceled(reasons: Reason[]): ServiceError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new ServiceError('TransactionCanceledException', message, 400, { CancellationReasons: reasons });
}

function reasonFor(step: Step, old: Item | undefined): Reason {
  if (!objection(step, old)) return NONE;
  const reason = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
  return step.wantsOldItem && old ? { ...reason, Item: old } : reason;
}

async function read(dynalite: Dynalite, { checked: { TableName }, key }: Step): Promise<Item | undefined> {
  const found = await dynalite.run('GetItem', { TableName, Key: key, ConsistentRead: true });
  return found.Item;
}

function restore(dynalite: Dynalite, { checked: { TableName }, key }: Step, old: Item | undefined): Promise<unknown> {
  return old ? dynalite.run('PutItem', { TableName, Item: old }) : dynalite.run('DeleteItem', { TableName, Key: key });
}

/**
 * All steps or none: what was already written is put back before the error is thrown. A transaction that is cancelled by its
 * conditions is not counted here; DynamoDB counts it.
 */
async function writeAll(dynalite: Dynalite, steps: Step[], meter: Meter): Promise<void> {
  const olds = await Promise.all(steps.map((step) => read(dynalite, step)));
  const reasons = steps.map((step, index) => reasonFor(step, olds[index]));
  if (reasons.some((reason) => reason !== NONE)) throw canceled(reasons);
  for (const [index, step] of steps.entries()) {
    try {
      if (step.changes) await dynalite.apply(step.operation, step.checked, meter);
      else meter.write(olds[index], undefined);
    } catch (error) {
      for (const [done, earlier] of steps.slice(0, index).entries()) await restore(dynalite, earlier, olds[done]);
      if (!(error instanceof ServiceError)) throw error;
      throw canceled(reasons.with(index, { Code: 'ValidationError', Message: error.message }));
    }
  }
}

/** How long a ClientRequestToken makes a transaction idempotent, in milliseconds (API reference, TransactWriteItems). */
const TOKEN_LIFE = 10 * 60_000;

/** TransactWriteItems, with at most 100 items of any tables. Conflicts do not happen: transactions wait for each other. */
export function transactWrite(dynalite: Dynalite, gate: Gate, now: () => number, meter: Meter) {
  const tokens = new Map<string, { request: string; until: number }>();

  function alreadyDone(token: string, request: string): boolean {
    const earlier = tokens.get(token);
    if (!earlier || earlier.until <= now()) return false;
    if (earlier.request === request) return true;
    const message = 'The provided client token was already used with different request parameters.';
    throw new ServiceError('IdempotentParameterMismatchException', message);
  }

  return async (input: Input): Promise<undefined> => {
    const items = records(input, 'TransactItems');
    if (items.length < 1 || items.length > 100) {
      throw invalid("1 validation error detected: Value at 'transactItems' must have between 1 and 100 members");
    }
    const steps = await Promise.all(items.map((item) => planStep(dynalite, item)));
    if (new Set(steps.map(({ identity }) => identity)).size < steps.length) {
      throw invalid('Transaction request cannot include multiple operations on one item');
    }
    const token = optionalText(input, 'ClientRequestToken');
    const request = JSON.stringify(items);
    await gate.exclusive(async () => {
      if (token && alreadyDone(token, request)) return;
      await writeAll(dynalite, steps, meter);
      if (token) tokens.set(token, { request, until: now() + TOKEN_LIFE });
    });
  };
}
