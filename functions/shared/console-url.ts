const CONSOLES = [
  { regions: /^cn-/, host: 'console.amazonaws.cn' },
  { regions: /^us-gov-/, host: 'console.amazonaws-us-gov.com' },
  { regions: /^/, host: 'console.aws.amazon.com' },
] as const;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * Region-bound console addresses of the three public partitions: AWS `{region}.console.aws.amazon.com`, China
 * `{region}.console.amazonaws.cn`, GovCloud `{region}.console.amazonaws-us-gov.com`. Without a readable Region: us-east-1.
 */
export function consoleUrl(service: string, region: string, path = ''): string {
  const { home, query } = consoles.get(region) ?? rememberConsole(region);
  return `${home}${service}${query}${path}`;
}

const consoles = new Map<string, { home: string; query: string }>();
const MOST_CONSOLES = 100;

function rememberConsole(region: string) {
  const place = REGION.test(region) ? region : 'us-east-1';
  const host = CONSOLES.find(({ regions }) => regions.test(place))?.host;
  const found = { home: `https://${place}.${host}/`, query: `/home?region=${place}` };
  if (consoles.size < MOST_CONSOLES) consoles.set(region, found);
  return found;
}

/**
 * Where the console of a service lives, by event source. Only sources whose console path is not the source's own name, and
 * those known to be the same; everything else gets the Region's console home, which exists for sure.
 */
const PATHS: Readonly<Record<string, string>> = {
  'aws.acm': 'acm',
  'aws.autoscaling': 'ec2',
  'aws.backup': 'backup',
  'aws.batch': 'batch',
  'aws.cloudformation': 'cloudformation',
  'aws.cloudtrail': 'cloudtrailv2',
  'aws.cloudwatch': 'cloudwatch',
  'aws.codebuild': 'codesuite/codebuild',
  'aws.codecommit': 'codesuite/codecommit',
  'aws.codedeploy': 'codesuite/codedeploy',
  'aws.codepipeline': 'codesuite/codepipeline',
  'aws.config': 'config',
  'aws.dms': 'dms/v2',
  'aws.ec2': 'ec2',
  'aws.ecr': 'ecr',
  'aws.ecs': 'ecs/v2',
  'aws.elasticache': 'elasticache',
  'aws.elasticbeanstalk': 'elasticbeanstalk',
  'aws.glue': 'glue',
  'aws.guardduty': 'guardduty',
  'aws.kms': 'kms',
  'aws.lambda': 'lambda',
  'aws.rds': 'rds',
  'aws.redshift': 'redshiftv2',
  'aws.s3': 's3',
  'aws.secretsmanager': 'secretsmanager',
  'aws.securityhub': 'securityhub',
  'aws.sns': 'sns/v3',
  'aws.sqs': 'sqs/v3',
  'aws.ssm': 'systems-manager',
  'aws.states': 'states',
  'aws.trustedadvisor': 'trustedadvisor',
};

export const consolePath = (source: string): string => PATHS[source] ?? 'console';
