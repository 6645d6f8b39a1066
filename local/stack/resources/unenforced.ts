import { arnOf, type CreateResource, defaultName } from '../site';

/**
 * The one place that says so: IAM is not enforced on this machine, but for the policies of event buses. Roles, other policies and
 * permissions are accepted and do nothing. Neither do log groups, alarms and dashboards, and nobody's bills are looked at.
 */
function unenforced(
  nameProperty: string,
  service: string,
  resourceOf: (name: string) => string,
  byArn = false,
): CreateResource {
  return async (id, properties, site) => {
    const name = properties.text(nameProperty) ?? defaultName(id, site);
    const Arn = arnOf(service, resourceOf(name), site);
    return { ref: byArn ? Arn : name, attributes: { Arn } };
  };
}

/** AWS::Logs::LogGroup */
export const acceptLogGroup = unenforced('LogGroupName', 'logs', (name) => `log-group:${name}:*`);

/** AWS::CloudWatch::Alarm */
export const acceptAlarm = unenforced('AlarmName', 'cloudwatch', (name) => `alarm:${name}`);

/** AWS::CloudWatch::Dashboard */
export const acceptDashboard = unenforced('DashboardName', 'cloudwatch', (name) => `dashboard/${name}`);

/** AWS::IAM::Role */
export const acceptRole = unenforced('RoleName', 'iam', (name) => `role/${name}`);

/** AWS::IAM::ManagedPolicy, whose Ref is its ARN. */
export const acceptManagedPolicy = unenforced('ManagedPolicyName', 'iam', (name) => `policy/${name}`, true);

/** AWS::CE::AnomalyMonitor, whose Ref is its ARN. */
export const acceptMonitor = unenforced('MonitorName', 'ce', (name) => `anomalymonitor/${name}`, true);

/** AWS::CE::AnomalySubscription, whose Ref is its ARN. */
export const acceptAnomalies = unenforced('SubscriptionName', 'ce', (name) => `anomalysubscription/${name}`, true);

/** AWS::IAM::Policy, and the resource policies and permissions of other services. */
export const acceptPolicy = unenforced('PolicyName', 'iam', (name) => `policy/${name}`);
