/** In dollars. */
export interface Price {
  service: string;
  each: number;
  /** Free each month for the whole account, without an end. */
  free?: number;
}

/**
 * On demand in us-east-1, as the services' pricing pages (aws.amazon.com/<service>/pricing) had them in November 2026. Nothing checks them here: look
 * them up before you rely on them.
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
  /** Per metric of an alarm. */
  alarms: { service: 'CloudWatch', each: 0.1, free: 10 },
  /** Per combination of dimensions, by the hours with a value. */
  metrics: { service: 'CloudWatch', each: 0.3, free: 10 },
  dashboards: { service: 'CloudWatch', each: 3, free: 3 },
  logGigabytes: { service: 'CloudWatch', each: 0.5, free: 5 },
  /** Amazon Nova Lite. */
  inputTokens: { service: 'Bedrock', each: 0.06e-6 },
  outputTokens: { service: 'Bedrock', each: 0.24e-6 },
} as const satisfies Readonly<Record<string, Price>>;

export type Billed = keyof typeof PRICES;

/** The template's MemorySize. */
export const MEMORY_GB = 0.5;
