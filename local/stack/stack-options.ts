import type { LocalAws } from '../aws/start-aws';
import type { Clock } from '../clock';
import type { AnsweredRequest } from '../http-api/http-api';
import type { InvocationResult } from '../lambda/function';
import type { Overrides } from './merge-properties';

export interface StackOptions {
  /** The template's path. */
  template: string;
  parameters: Readonly<Record<string, string>>;
  aws: LocalAws;
  /** Environment variables of every function, which override its own: those of the local AWS and of the chats. */
  environment: Readonly<Record<string, string>>;
  /** The prefix of resource names; `casebell` by default. */
  stackName?: string;
  /** Of functions and schedules; the machine's by default. Queues use real seconds. */
  clock?: Clock;
  /** Properties that a test changes, e.g. `{ EventQueue: { VisibilityTimeout: 5 } }`. */
  overrides?: Overrides;
  /** The compiled `local/lambda/bootstrap.ts`; by default in this file's folder, where the build puts it. */
  bootstrap?: string;
  /** Called with every line of a function's output, and with messages about a resource. @param source logical id */
  log(source: string, line: string): void;
  /** Called after every invocation of a function. @param source logical id */
  onInvoked?(source: string, event: unknown, invoked: InvocationResult): void;
  /** Called after every response of an HTTP API. @param source logical id */
  onAnswered?(source: string, answered: AnsweredRequest): void;
}
