import type { Clock } from '../clock';

export interface FunctionSettings {
  name: string;
  region: string;
  arn: string;
  /** Absolute folder of the code, LAMBDA_TASK_ROOT. */
  root: string;
  /** `file.export`, relative to the root. */
  handler: string;
  /** Seconds of the clock. */
  timeout: number;
  /** MB; shown to the function, not enforced. */
  memory: number;
  /** Where its layers lie: the local `/opt`. */
  opt: string;
  variables: Readonly<Record<string, string>>;
  /** Most execution environments at a time; a call beyond them waits. */
  concurrency: number;
  /** As LoggingConfig has it: what `console` writes. */
  logFormat: string;
  /** Which the function's processes live by, each as it was when their event began. */
  clock: Clock;
  /** The compiled `bootstrap.ts`. */
  bootstrap: string;
  /** Every line that the function writes to its standard output or error. */
  log(functionName: string, line: string): void;
}
