import type { LocalAws } from '../aws/start-aws';
import type { Clock } from '../clock';
import type { AnsweredRequest } from '../http-api/http-api';
import type { InvocationResult } from '../lambda/function';
import type { Overrides } from './overrides';

export interface StackOptions {
  /** The template's path. */
  template: string;
  parameters: Readonly<Record<string, string>>;
  aws: LocalAws;
  /** Variables that every function gets, over its own: those of the local AWS and of the chats. */
  environment: Readonly<Record<string, string>>;
  /** Begins every name that the template leaves open; `casebell` if absent. */
  stackName?: string;
  /** Which functions and schedules live by; the machine's if absent. Queues always keep real seconds. */
  clock?: Clock;
  /** Properties that a test wants otherwise, e.g. `{ EventQueue: { VisibilityTimeout: 5 } }`. */
  overrides?: Overrides;
  /** The compiled `local/lambda/bootstrap.ts`; beside this file if absent, where the build puts it. */
  bootstrap?: string;
  /** What functions write, and what the stack has to say about a resource: by logical id. */
  log(source: string, line: string): void;
  /** On which port of this machine an HTTP API answers: by logical id; a free one where nothing is said. */
  ports?: Readonly<Record<string, number>>;
  /** Hears of every invocation that has ended, whatever asked for it: by logical id. */
  onInvoked?(source: string, event: unknown, invoked: InvocationResult): void;
  /** Hears of every request that an HTTP API has answered: by the API's logical id. */
  onAnswered?(source: string, answered: AnsweredRequest): void;
}
