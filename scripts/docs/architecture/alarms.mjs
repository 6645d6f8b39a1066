// The alarms of the template as a table: what each watches, when it is raised, and its text.
import { namesIn } from './resources.mjs';

const SIGNS = { GreaterThanThreshold: 'over', GreaterThanOrEqualToThreshold: 'at least', LessThanThreshold: 'under' };

function watched({ Namespace, MetricName, Dimensions = [], Metrics = [] }) {
  if (!MetricName)
    return Metrics.map(({ MetricStat, Expression }) =>
      MetricStat ? watched(MetricStat.Metric) : `(${Expression})`,
    ).join(' ');
  const whose = namesIn(Dimensions)
    .filter((name) => !name.startsWith('AWS'))
    .join(', ');
  return `\`${Namespace}\` \`${MetricName}\`${whose && ` of \`${whose}\``}`;
}

function rings({ ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods }) {
  const within = EvaluationPeriods === DatapointsToAlarm ? '' : ` of ${EvaluationPeriods}`;
  return `${SIGNS[ComparisonOperator]} ${Threshold} in ${DatapointsToAlarm}${within} min`;
}

export function alarmTable(resources) {
  const rows = resources
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(
      ({ id, properties }) =>
        `| \`${id}\` | ${watched(properties)} | ${rings(properties)} | ${properties.AlarmDescription.replace(' / ', '<br>')} |`,
    );
  return ['| Alarm | Looks at | Rings | Says |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
