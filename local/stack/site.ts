import type { Clock } from '../clock';
import type { AnsweredRequest, HttpApi } from '../http-api/http-api';
import type { Throttle } from '../http-api/token-bucket';
import type { InvocationResult, LambdaFunction } from '../lambda/function';
import type { EventSourceRunner } from '../lambda/sqs-poller';
import type { Clients } from './clients';
import type { Properties } from './properties';
import type { StackIdentity } from './pseudo-parameters';

/** What calls a function by itself: a queue or a schedule. It begins when everything is created. */
export interface EventSource {
  /** Absent of a schedule. */
  readonly queueUrl?: string;
  start(): EventSourceRunner;
}

/** What resources are created with, and where they leave what lives on. */
export interface StackContext extends StackIdentity {
  readonly partition: string;
  /** The template's. */
  readonly folder: string;
  readonly clients: Clients;
  readonly clock: Clock;
  /** What every function is given beside its own variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** The compiled `bootstrap.ts`. */
  readonly bootstrap: string;
  /** Folders by layer version ARN. */
  readonly layers: Map<string, string>;
  readonly functions: Map<string, LambdaFunction>;
  /** By API id, with what each of their routes may be asked. */
  readonly apis: Map<string, OpenApi>;
  /** Ports of this machine that resources want, by logical id. */
  readonly ports: Readonly<Record<string, number>>;
  readonly sources: EventSource[];
  /** The local `/opt` of these layer folders. */
  opt(folders: readonly string[]): Promise<string>;
  log(source: string, line: string): void;
  onInvoked?(source: string, event: unknown, invoked: InvocationResult): void;
  onAnswered?(source: string, answered: AnsweredRequest): void;
}

export interface OpenApi extends HttpApi {
  /** Undefined where the template sets no limit. @param own the limits of the event that makes the route */
  throttleOf(routeKey: string, own: Properties): Throttle | undefined;
}

/** A resource as the rest of a template sees it: what Ref and Fn::GetAtt give. */
export interface CreatedResource {
  ref: string;
  attributes: Readonly<Record<string, string>>;
}

/** @param id the logical id. */
export type CreateResource = (id: string, properties: Properties, site: StackContext) => Promise<CreatedResource>;

/** The name of a resource that is given none. */
export function defaultName(id: string, { stackName }: Pick<StackContext, 'stackName'>): string {
  return `${stackName}-${id}`;
}

/** The ARN of a resource in the stack's own account and Region, e.g. `arnOf('lambda', 'function:bot', site)`. */
export function arnOf(
  service: string,
  resource: string,
  { partition, region, account }: Pick<StackContext, 'partition' | 'region' | 'account'>,
): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
