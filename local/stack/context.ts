import { partitionOf } from '../aws/partition';
import type { Clock } from '../clock';
import type { AnsweredRequest, HttpApi, Throttle } from '../http-api/http-api';
import type { InvocationResult, LambdaFunction } from '../lambda/function';
import type { EventSourceRunner } from '../lambda/sqs-poller';
import type { Clients } from './clients';
import type { Properties } from './values';

/** A queue or schedule that invokes a function. It is started when all resources exist. */
export interface EventSource {
  /** Absent for a schedule. */
  readonly queueUrl?: string;
  start(): EventSourceRunner;
}

/** Everything that creating a resource needs, and the functions and APIs that have been created. */
export interface StackContext extends StackIdentity {
  readonly partition: string;
  /** Of the template. */
  readonly folder: string;
  readonly clients: Clients;
  readonly clock: Clock;
  /** Environment variables of every function. */
  readonly environment: Readonly<Record<string, string>>;
  /** The compiled `bootstrap.ts`. */
  readonly bootstrap: string;
  /** Folders by layer version ARN. */
  readonly layers: Map<string, string>;
  readonly functions: Map<string, LambdaFunction>;
  /** By API id. */
  readonly apis: Map<string, OpenApi>;
  readonly sources: EventSource[];
  /** Returns the local `/opt` of these layer folders. */
  opt(folders: readonly string[]): Promise<string>;
  log(source: string, line: string): void;
  onInvoked?(source: string, event: unknown, invoked: InvocationResult): void;
  onAnswered?(source: string, answered: AnsweredRequest): void;
}

export interface OpenApi extends HttpApi {
  /** Of each route; undefined if the template sets no limit. */
  readonly throttle: Throttle | undefined;
}

/** The values of Ref and Fn::GetAtt. */
export interface CreatedResource {
  ref: string;
  attributes: Readonly<Record<string, string>>;
}

/** @param id the logical id. */
export type CreateResource = (id: string, properties: Properties, context: StackContext) => Promise<CreatedResource>;

/** The name of a resource without a name property. */
export function defaultName(id: string, { stackName }: Pick<StackContext, 'stackName'>): string {
  return `${stackName}-${id}`;
}

/** The ARN of a resource in the stack's own account and Region, e.g. `arnOf('lambda', 'function:bot', context)`. */
export function arnOf(
  service: string,
  resource: string,
  { partition, region, account }: Pick<StackContext, 'partition' | 'region' | 'account'>,
): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

export interface StackIdentity {
  stackName: string;
  account: string;
  region: string;
}

/** The domain suffix of a Region's partition. */
export const urlSuffixOf = (region: string): string =>
  partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';

/** The pseudo parameters (CloudFormation User Guide). `AWS::NoValue` is `undefined`, so it removes the member. */
export function pseudoParameters({ stackName, account, region }: StackIdentity): Record<string, unknown> {
  const partition = partitionOf(region);
  return {
    'AWS::AccountId': account,
    'AWS::NoValue': undefined,
    'AWS::NotificationARNs': [],
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': urlSuffixOf(region),
  };
}
