import { notification } from '../envelopes.fixture';
import { unwrapEvents } from './unwrap';

describe('an alarm of CloudWatch', () => {
  const sns = {
    AlarmName: 'cpu',
    AlarmDescription: 'web',
    AWSAccountId: '111122223333',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed',
    StateChangeTime: '2026-11-20T03:00:00.000+0000',
    Region: 'China (Beijing)',
    AlarmArn: 'arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:cpu',
    OldStateValue: 'OK',
    Trigger: {
      MetricName: 'CPUUtilization',
      Namespace: 'AWS/EC2',
      Statistic: 'AVERAGE',
      Dimensions: [{ name: 'InstanceId', value: 'i-0abc' }],
      Period: 60,
      Threshold: 90,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: '- TreatMissingData:                    missing',
    },
  };

  it('in its SNS shape becomes the EventBridge event of the same alarm', () => {
    const metric = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { InstanceId: 'i-0abc' } };
    const metrics = [{ id: 'm1', returnData: true, metricStat: { metric, period: 60, stat: 'AVERAGE' } }];
    expect(unwrapEvents(notification(JSON.stringify(sns)))).toMatchObject([
      {
        source: 'aws.cloudwatch',
        'detail-type': 'CloudWatch Alarm State Change',
        account: '111122223333',
        region: 'cn-north-1',
        resources: [sns.AlarmArn],
        detail: {
          alarmName: 'cpu',
          state: { value: 'ALARM', reason: 'Threshold Crossed' },
          previousState: { value: 'OK' },
          configuration: { description: 'web', threshold: 90, treatMissingData: 'missing', metrics },
        },
      },
    ]);
  });

  it('has the topic’s Region and account where its message has none', () => {
    const [event] = unwrapEvents(notification(JSON.stringify({ AlarmName: 'x', NewStateValue: 'OK' })));
    expect(event).toMatchObject({ region: 'eu-west-1', account: '111122223333', id: 'message-1' });
  });

  it('that invokes Lambda directly is read the same way', () => {
    const direct = {
      source: 'aws.cloudwatch',
      alarmArn: 'arn:aws:cloudwatch:eu-west-1:444455556666:alarm:a',
      accountId: '111122223333',
      time: '2026-11-20T03:00:00.000+0000',
      region: 'eu-west-1',
      alarmData: { alarmName: 'a', state: { value: 'ALARM' } },
    };
    const { source, alarmArn, alarmData: detail } = direct;
    const event = { source, account: '111122223333', resources: [alarmArn], detail };
    expect(unwrapEvents(direct)).toEqual([expect.objectContaining(event)]);
  });
});
