/** One thing that AWS bills, in dollars. */
export interface Price {
  service: string;
  each: number;
  /** So much of it a month costs nothing, in every account and for ever; the whole account shares it. */
  free?: number;
}

/**
 * On demand in us-east-1, as the services' pricing pages (aws.amazon.com/<service>/pricing) had them by November 2026. They are typed in
 * here, and nothing checks them: look them up before you rely on them.
 */
export const PRICES = {
  /** arm64. */
  lambdaRequests: { service: 'Lambda', each: 0.2e-6, free: 1_000_000 },
  gigabyteSeconds: { service: 'Lambda', each: 0.0000133334, free: 400_000 },
  /** Since November 2024. */
  writeUnits: { service: 'DynamoDB', each: 0.625e-6 },
  readUnits: { service: 'DynamoDB', each: 0.125e-6 },
  sqsRequests: { service: 'SQS and SNS', each: 0.4e-6, free: 1_000_000 },
  fifoRequests: { service: 'SQS and SNS', each: 0.5e-6 },
  /** Deliveries to SQS cost nothing. */
  snsRequests: { service: 'SQS and SNS', each: 0.5e-6, free: 1_000_000 },
  apiRequests: { service: 'HTTP API', each: 1e-6 },
  secrets: { service: 'Secrets Manager', each: 0.4 },
  secretCalls: { service: 'Secrets Manager', each: 0.05 / 10_000 },
  /** Of each metric that an alarm looks at, by the minute. */
  alarms: { service: 'CloudWatch', each: 0.1, free: 10 },
  /** Of each combination of dimensions, by the hours in which it has a value. */
  metrics: { service: 'CloudWatch', each: 0.3, free: 10 },
  dashboards: { service: 'CloudWatch', each: 3, free: 3 },
  logGigabytes: { service: 'CloudWatch', each: 0.5, free: 5 },
  /** Amazon Nova Lite. */
  inputTokens: { service: 'Bedrock', each: 0.06e-6 },
  outputTokens: { service: 'Bedrock', each: 0.24e-6 },
} as const satisfies Readonly<Record<string, Price>>;

export type Billed = keyof typeof PRICES;

/** The template's MemorySize. */
export const GIGABYTES = 0.5;
