import type { LambdaFunction } from '../../lambda/function';
import type { Properties } from '../properties';
import type { StackContext } from '../site';

/** A function whose events are being connected. */
export interface Deployed {
  readonly code: LambdaFunction;
  /** Seconds. */
  readonly timeout: number;
  log(line: string): void;
}

/** Makes a function be called by one of its Events, whose name comes first. */
export type Connect = (name: string, properties: Properties, deployed: Deployed, site: StackContext) => Promise<void>;
