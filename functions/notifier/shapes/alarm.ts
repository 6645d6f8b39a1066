import { complete, field, isLoose, type Loose, loose, placeOf, type Shape, textOf } from './shape';

const SOURCE = 'aws.cloudwatch';
const DETAIL_TYPE = 'CloudWatch Alarm State Change';

/**
 * An alarm action that invokes Lambda directly: the EventBridge event's content under other names
 * (CloudWatch User Guide, "Using Amazon CloudWatch alarms: Lambda actions": `alarmArn`, `accountId`, `alarmData`).
 */
export const alarmAction: Shape = {
  fits: (found) => isLoose(field(found, 'alarmData')),
  read: (found, hints) => ({
    events: [
      complete(
        {
          source: SOURCE,
          'detail-type': DETAIL_TYPE,
          account: textOf(found, 'accountId') || placeOf(textOf(found, 'alarmArn')).account,
          region: textOf(found, 'region'),
          time: textOf(found, 'time'),
          resources: arnOf(found, 'alarmArn'),
          detail: field(found, 'alarmData'),
        },
        hints,
      ),
    ],
  }),
};

/** The JSON that CloudWatch publishes to SNS, put into the EventBridge shape, so that one formatter and one route serve both. */
export const alarmMessage: Shape = {
  fits: (found) => field(found, 'AlarmName') !== undefined && field(found, 'NewStateValue') !== undefined,
  read: (found, hints) => {
    const place = placeOf(textOf(found, 'AlarmArn'));
    return {
      events: [
        complete(
          {
            source: SOURCE,
            'detail-type': DETAIL_TYPE,
            account: textOf(found, 'AWSAccountId') || place.account,
            region: place.region,
            time: textOf(found, 'StateChangeTime'),
            resources: arnOf(found, 'AlarmArn'),
            detail: detailOf(found),
          },
          hints,
        ),
      ],
    };
  },
};

const arnOf = (found: Loose, name: string): string[] => [textOf(found, name)].filter(Boolean);

function detailOf(found: Loose): Loose {
  const trigger = field(found, 'Trigger');
  return {
    alarmName: field(found, 'AlarmName'),
    state: {
      value: field(found, 'NewStateValue'),
      reason: field(found, 'NewStateReason'),
      reasonData: asText(field(found, 'NewStateReasonData')),
      timestamp: field(found, 'StateChangeTime'),
    },
    previousState: { value: field(found, 'OldStateValue') },
    configuration: {
      description: field(found, 'AlarmDescription') ?? undefined,
      alarmRule: field(found, 'AlarmRule'),
      ...(isLoose(trigger) ? configurationOf(trigger) : {}),
    },
  };
}

/** EventBridge gives reasonData as JSON text, SNS as an object. */
const asText = (value: unknown): unknown => (isLoose(value) ? JSON.stringify(value) : value);

/** The SNS shape knows the threshold and how it is compared; the EventBridge shape does not, so they keep names of their own. */
function configurationOf(trigger: Loose): Loose {
  return {
    metrics: metricsOf(trigger),
    threshold: trigger.Threshold,
    comparisonOperator: trigger.ComparisonOperator,
    evaluationPeriods: trigger.EvaluationPeriods,
    datapointsToAlarm: trigger.DatapointsToAlarm,
    treatMissingData: textOf(trigger, 'TreatMissingData').replace(/^- TreatMissingData:\s*/, '') || undefined,
  };
}

function metricsOf(trigger: Loose): Loose[] {
  if (!Array.isArray(trigger.Metrics)) return trigger.MetricName ? [single(trigger)] : [];
  return trigger.Metrics.filter(isLoose).map((metric) => {
    const stat = metric.MetricStat;
    const common = { id: metric.Id, label: metric.Label, expression: metric.Expression, returnData: metric.ReturnData };
    return isLoose(stat) ? { ...common, metricStat: statOf(stat) } : common;
  });
}

function single(trigger: Loose): Loose {
  const stat = {
    Metric: trigger,
    Period: trigger.Period,
    Stat: trigger.Statistic ?? trigger.ExtendedStatistic,
    Unit: trigger.Unit,
  };
  return { id: 'm1', returnData: true, metricStat: statOf(stat) };
}

function statOf(stat: Loose): Loose {
  const metric = loose(stat.Metric);
  return {
    metric: { namespace: metric.Namespace, name: metric.MetricName, dimensions: dimensionsOf(metric.Dimensions) },
    period: stat.Period,
    stat: stat.Stat,
    unit: stat.Unit ?? undefined,
  };
}

function dimensionsOf(value: unknown): Loose {
  if (!Array.isArray(value)) return {};
  return Object.fromEntries(
    value.filter(isLoose).map((dimension) => [textOf(dimension, 'name'), textOf(dimension, 'value')]),
  );
}
