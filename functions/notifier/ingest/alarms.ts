import type { AwsEvent } from '../../../plugins/formatter';
import { asObject, field, fieldText, isObject, type JsonObject } from './json';

const ALARM = { source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change' } as const;

/**
 * A Lambda action of an alarm: the content of the EventBridge event under other names (CloudWatch User Guide, "Using Amazon CloudWatch
 * alarms: Lambda actions": `alarmArn`, `accountId`, `alarmData`).
 */
export const alarmActionEvent = (object: JsonObject): Partial<AwsEvent> => ({
  ...ALARM,
  account: fieldText(object, 'accountId') || parseArn(fieldText(object, 'alarmArn')).account,
  region: fieldText(object, 'region'),
  time: fieldText(object, 'time'),
  resources: [fieldText(object, 'alarmArn')].filter(Boolean),
  detail: field(object, 'alarmData'),
});

/** The SNS message of an alarm as an EventBridge event, so that one formatter and one pattern serve both. */
export function alarmMessageEvent(object: JsonObject): Partial<AwsEvent> {
  const arn = fieldText(object, 'AlarmArn');
  const { account, region } = parseArn(arn);
  return {
    ...ALARM,
    account: fieldText(object, 'AWSAccountId') || account,
    region,
    time: fieldText(object, 'StateChangeTime'),
    resources: [arn].filter(Boolean),
    detail: toDetail(object),
  };
}

const ARN_PLACE = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):/;

/** Region and account of an ARN; empty where it has none, or is no ARN. */
export function parseArn(arn: string): { region: string; account: string } {
  const [, region = '', account = ''] = ARN_PLACE.exec(arn) ?? [];
  return { region, account };
}

function toDetail(object: JsonObject): JsonObject {
  const trigger = field(object, 'Trigger');
  const reasonData = field(object, 'NewStateReasonData');
  return {
    alarmName: field(object, 'AlarmName'),
    state: {
      value: field(object, 'NewStateValue'),
      reason: field(object, 'NewStateReason'),
      // EventBridge gives it as JSON text, SNS as an object.
      reasonData: isObject(reasonData) ? JSON.stringify(reasonData) : reasonData,
      timestamp: field(object, 'StateChangeTime'),
    },
    previousState: { value: field(object, 'OldStateValue') },
    configuration: {
      description: field(object, 'AlarmDescription') ?? undefined,
      alarmRule: field(object, 'AlarmRule'),
      ...(isObject(trigger) ? toConfiguration(trigger) : {}),
    },
  };
}

/** Only the SNS message holds the threshold and the comparison, so EventBridge has no names for them. */
function toConfiguration(trigger: JsonObject): JsonObject {
  return {
    metrics: toMetrics(trigger),
    threshold: trigger.Threshold,
    comparisonOperator: trigger.ComparisonOperator,
    evaluationPeriods: trigger.EvaluationPeriods,
    datapointsToAlarm: trigger.DatapointsToAlarm,
    treatMissingData: fieldText(trigger, 'TreatMissingData').replace(/^- TreatMissingData:\s*/, '') || undefined,
  };
}

function toMetrics(trigger: JsonObject): JsonObject[] {
  if (!Array.isArray(trigger.Metrics)) return trigger.MetricName ? [singleMetric(trigger)] : [];
  return trigger.Metrics.filter(isObject).map((metric) => {
    const stat = metric.MetricStat;
    const common = { id: metric.Id, label: metric.Label, expression: metric.Expression, returnData: metric.ReturnData };
    return isObject(stat) ? { ...common, metricStat: toMetricStat(stat) } : common;
  });
}

function singleMetric(trigger: JsonObject): JsonObject {
  const { Period, Statistic, ExtendedStatistic, Unit } = trigger;
  const stat = { Metric: trigger, Period, Stat: Statistic ?? ExtendedStatistic, Unit };
  return { id: 'm1', returnData: true, metricStat: toMetricStat(stat) };
}

function toMetricStat(stat: JsonObject): JsonObject {
  const metric = asObject(stat.Metric);
  return {
    metric: { namespace: metric.Namespace, name: metric.MetricName, dimensions: toDimensions(metric.Dimensions) },
    period: stat.Period,
    stat: stat.Stat,
    unit: stat.Unit ?? undefined,
  };
}

function toDimensions(value: unknown): JsonObject {
  if (!Array.isArray(value)) return {};
  return Object.fromEntries(
    value.filter(isObject).map((dimension) => [fieldText(dimension, 'name'), fieldText(dimension, 'value')]),
  );
}
