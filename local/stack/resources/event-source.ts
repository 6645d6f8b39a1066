import type { LambdaFunction } from '../../lambda/function';
import type { StackContext } from '../context';
import type { Properties } from '../values';

/** A function whose events are connected. */
export interface Deployed {
  readonly code: LambdaFunction;
  /** Seconds. */
  readonly timeout: number;
  log(line: string): void;
}

/** Connects a function to one of its Events. */
export type Connect = (
  name: string,
  properties: Properties,
  deployed: Deployed,
  context: StackContext,
) => Promise<void>;
