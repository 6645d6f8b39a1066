export interface StackIdentity {
  stackName: string;
  account: string;
  region: string;
}

interface Partition {
  partition: string;
  suffix: string;
}

const COMMERCIAL: Partition = { partition: 'aws', suffix: 'amazonaws.com' };
const OTHERS: readonly (Partition & { prefix: string })[] = [
  { prefix: 'cn-', partition: 'aws-cn', suffix: 'amazonaws.com.cn' },
  { prefix: 'us-gov-', partition: 'aws-us-gov', suffix: 'amazonaws.com' },
];

/** The partition of a Region, by the beginning of its name. */
export function partitionOf(region: string): Partition {
  return OTHERS.find(({ prefix }) => region.startsWith(prefix)) ?? COMMERCIAL;
}

/** The pseudo parameters (CloudFormation User Guide). `AWS::NoValue` is `undefined`, and so is left out. */
export function pseudoParameters({ stackName, account, region }: StackIdentity): Record<string, unknown> {
  const { partition, suffix } = partitionOf(region);
  return {
    'AWS::AccountId': account,
    'AWS::NoValue': undefined,
    'AWS::NotificationARNs': [],
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::StackId': `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': suffix,
  };
}
