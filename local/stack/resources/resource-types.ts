import { arnOf, type CreateResource, defaultName } from '../context';
import { createFunction } from './function';
import { createHttpApi } from './http-api';
import { createLayerVersion } from './layer-version';
import { createQueue } from './queue';
import { createBusPolicy, createRule } from './rule';
import { createParameter, createSecret } from './secret';
import { createTable } from './table';
import { createSubscription, createTopic } from './topic';

/**
 * Accepts a resource without any effect. IAM is not enforced on this machine, except for policies of event buses. Log groups,
 * alarms, dashboards and cost monitors do nothing.
 */
const withoutEffect =
  (nameProperty: string, service: string, resourceOf: (name: string) => string, isRefArn = false): CreateResource =>
  async (id, properties, context) => {
    const name = properties.text(nameProperty) ?? defaultName(id, context);
    const Arn = arnOf(service, resourceOf(name), context);
    return { ref: isRefArn ? Arn : name, attributes: { Arn } };
  };

/** Also for resource policies and permissions of other services. */
const acceptPolicy = withoutEffect('PolicyName', 'iam', (name) => `policy/${name}`);

/** Every resource type of the local stack. */
export const RESOURCE_TYPES: Readonly<Record<string, CreateResource>> = {
  'AWS::CE::AnomalyMonitor': withoutEffect('MonitorName', 'ce', (name) => `anomalymonitor/${name}`, true),
  'AWS::CE::AnomalySubscription': withoutEffect(
    'SubscriptionName',
    'ce',
    (name) => `anomalysubscription/${name}`,
    true,
  ),
  'AWS::CloudWatch::Alarm': withoutEffect('AlarmName', 'cloudwatch', (name) => `alarm:${name}`),
  'AWS::CloudWatch::Dashboard': withoutEffect('DashboardName', 'cloudwatch', (name) => `dashboard/${name}`),
  'AWS::DynamoDB::Table': createTable,
  'AWS::Events::EventBusPolicy': createBusPolicy,
  'AWS::Events::Rule': createRule,
  'AWS::IAM::ManagedPolicy': withoutEffect('ManagedPolicyName', 'iam', (name) => `policy/${name}`, true),
  'AWS::IAM::Role': withoutEffect('RoleName', 'iam', (name) => `role/${name}`),
  'AWS::Lambda::Permission': acceptPolicy,
  'AWS::Logs::LogGroup': withoutEffect('LogGroupName', 'logs', (name) => `log-group:${name}:*`),
  'AWS::SecretsManager::Secret': createSecret,
  'AWS::Serverless::Function': createFunction,
  'AWS::Serverless::HttpApi': createHttpApi,
  'AWS::Serverless::LayerVersion': createLayerVersion,
  'AWS::SNS::Subscription': createSubscription,
  'AWS::SNS::Topic': createTopic,
  'AWS::SNS::TopicPolicy': acceptPolicy,
  'AWS::SQS::Queue': createQueue,
  'AWS::SQS::QueuePolicy': acceptPolicy,
  'AWS::SSM::Parameter': createParameter,
};
