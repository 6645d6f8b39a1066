import type { LocalAws } from '../aws/start-aws';

export interface StackOptions {
  /** The template's path. */
  template: string;
  parameters: Readonly<Record<string, string>>;
  aws: LocalAws;
  /** Variables that every function gets, over its own: those of the local AWS and of the chats. */
  environment: Readonly<Record<string, string>>;
  /** Begins every name that the template leaves open; `casebell` if absent. */
  stackName?: string;
  /** The compiled `local/lambda/bootstrap.ts`; beside this file if absent, where the build puts it. */
  bootstrap?: string;
  /** What functions write, and what the stack has to say about a resource: by logical id. */
  log(source: string, line: string): void;
}
