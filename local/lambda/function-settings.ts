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
  /** MB; visible to the function, not enforced. */
  memory: number;
  /** The local folder in place of `/opt`. */
  opt: string;
  variables: Readonly<Record<string, string>>;
  /** Maximum number of execution environments; further calls wait. */
  concurrency: number;
  /** Of LoggingConfig: the format of `console` output. */
  logFormat: string;
  /** The clock of the function's processes, with its state at the start of each event. */
  clock: Clock;
  /** The compiled `bootstrap.ts`. */
  bootstrap: string;
  /** Called with every line of the function's output. */
  log(functionName: string, line: string): void;
}
