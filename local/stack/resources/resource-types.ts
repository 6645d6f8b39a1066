import type { CreateResource } from '../site';
import { createBusPolicy } from './bus-policy';
import { createHttpApi } from './http-api';
import { createLayerVersion } from './layer-version';
import { createQueue } from './queue';
import { createRule } from './rule';
import { createSecret } from './secret';
import { createFunction } from './serverless-function';
import { createParameter } from './ssm-parameter';
import { createSubscription } from './subscription';
import { createSimpleTable, createTable } from './table';
import { createTopic } from './topic';
import {
  acceptAlarm,
  acceptAnomalies,
  acceptDashboard,
  acceptLogGroup,
  acceptManagedPolicy,
  acceptMonitor,
  acceptPolicy,
  acceptRole,
} from './unenforced';

/** Every resource type that the local stack knows. */
export const RESOURCE_TYPES: Readonly<Record<string, CreateResource>> = {
  'AWS::CE::AnomalyMonitor': acceptMonitor,
  'AWS::CE::AnomalySubscription': acceptAnomalies,
  'AWS::CloudWatch::Alarm': acceptAlarm,
  'AWS::CloudWatch::Dashboard': acceptDashboard,
  'AWS::DynamoDB::Table': createTable,
  'AWS::Events::EventBusPolicy': createBusPolicy,
  'AWS::Events::Rule': createRule,
  'AWS::IAM::ManagedPolicy': acceptManagedPolicy,
  'AWS::IAM::Policy': acceptPolicy,
  'AWS::IAM::Role': acceptRole,
  'AWS::Lambda::LayerVersionPermission': acceptPolicy,
  'AWS::Lambda::Permission': acceptPolicy,
  'AWS::Logs::LogGroup': acceptLogGroup,
  'AWS::SecretsManager::ResourcePolicy': acceptPolicy,
  'AWS::SecretsManager::Secret': createSecret,
  'AWS::Serverless::Function': createFunction,
  'AWS::Serverless::HttpApi': createHttpApi,
  'AWS::Serverless::LayerVersion': createLayerVersion,
  'AWS::Serverless::SimpleTable': createSimpleTable,
  'AWS::SNS::Subscription': createSubscription,
  'AWS::SNS::Topic': createTopic,
  'AWS::SNS::TopicPolicy': acceptPolicy,
  'AWS::SQS::Queue': createQueue,
  'AWS::SQS::QueuePolicy': acceptPolicy,
  'AWS::SSM::Parameter': createParameter,
};
