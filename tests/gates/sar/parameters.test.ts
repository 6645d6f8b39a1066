import { readTemplate } from '../template.fixture';
import { SLACK, stackOf } from './stack.fixture';

const { Parameters, Metadata } = readTemplate('template.yaml');
const IN_BOTH = /[a-zA-Z0-9].* \/ .*[\u4e00-\u9fffa-zA-Z]/;
const CONSTRAINTS = ['AllowedPattern', 'AllowedValues', 'MinLength', 'MaxLength', 'MinValue', 'MaxValue'];
const constrained = Object.entries(Parameters).filter(([, one]) => CONSTRAINTS.some((name) => name in one));

it('every parameter is grouped, labelled and described in English and Chinese', () => {
  const { ParameterGroups, ParameterLabels } = Metadata['AWS::CloudFormation::Interface'];
  const names = Object.keys(Parameters).sort();
  expect(ParameterGroups.flatMap((group) => group.Parameters).sort()).toEqual(names);
  expect(Object.keys(ParameterLabels).sort()).toEqual(names);
  for (const { Description } of Object.values(Parameters)) expect(Description).toMatch(/[a-z].*[\u4e00-\u9fff]/);
});

it.each(Object.entries(Parameters))('the parameter %s has a constraint', (_name, one) => {
  expect(CONSTRAINTS.filter((name) => name in one)).not.toEqual([]);
});

it.each(constrained)(
  'the parameter %s describes its constraint in both languages',
  (_name, { ConstraintDescription }) => {
    expect(ConstraintDescription).toMatch(IN_BOTH);
  },
);

/** DingTalk's AppKey is the name of an application, which its callbacks and urls say openly; a KMS key's ARN opens nothing. */
const isSecret = (name: string): boolean => /Webhook|Secret$|Token$|Key$/.test(name) && name !== 'DingTalkAppKey';

it('secret parameters are not echoed', () => {
  const secrets = Object.keys(Parameters).filter(isSecret);
  expect(secrets.length).toBeGreaterThanOrEqual(8);
  expect(secrets.filter((name) => !Parameters[name]?.NoEcho)).toEqual([]);
});

it('only the webhook is required', async () => {
  await expect(stackOf()).resolves.toBeDefined();
});

it.each([
  ['WebhookUrl', 'hooks.slack.com/services/x', 'beginning with https://'],
  ['WebhookUrl', 'http://hooks.slack.com/services/x', 'https:// 开头'],
  ['WebhookSecret', 'SEC"1', '不含引号'],
  ['Keyword', '警'.repeat(101), '最多 100 个字符'],
  ['Language', 'fr', 'zh-CN or en'],
  ['TimeZone', 'GMT 8', 'an IANA time zone'],
  ['EC2States', 'running,asleep', '实例状态'],
  ['GuardDutyMinSeverity', '11', 'from 0 to 10'],
  ['GuardDutyMinSeverity', 'high', 'must be a number'],
  ['ExtraEventSources', 'aws.backup,aws rds', '事件源名称'],
  ['OrganizationId', 'a1b2c3d4e5', 'such as o-a1b2c3d4e5'],
  ['AccountNames', '111122223333:prod', '111122223333=prod,444455556666=dev'],
  ['AccountNames', '111122223333=生产，444455556666=测试', '账号 ID 与名称'],
  ['ExcludedAccounts', '12345', '12 位账号 ID'],
  ['MonthlyMessages', '-1', '0 or more'],
  ['AlarmEmail', 'ops', '邮箱地址'],
  ['AlarmTopicArn', 'arn:aws:sqs:eu-west-1:111122223333:on-call', 'SNS 主题的 ARN'],
  ['Dashboard', 'no', 'true or false'],
  ['EnableLLM', 'yes', 'true or false'],
  ['LlmModelId', 'nova lite', 'a model or an inference profile'],
  ['LlmRegion', 'Virginia', '区域代码'],
  ['LlmMaxTokens', '5', 'from 50 to 4000'],
  ['PluginLayerArn', 'arn:aws:lambda:eu-west-1:111122223333:layer:mine', ':layer:NAME:NUMBER'],
  ['FeishuAppId', 'abc', 'cli_ 开头'],
  ['SlackBotToken', 'xoxp-1', 'beginning with xoxb-'],
  ['CaseLanguage', 'fr', 'en, zh, ja or ko'],
  ['CaseRoleArns', '111122223333', 'ARNs of roles'],
  ['CasePollMinutes', '1', 'from 2 to 60'],
  ['BotsSecretArn', 'my-secret', '密钥的 ARN'],
  ['KmsKeyArn', 'arn:aws:kms:eu-west-1:111122223333:alias/mine', '不能用别名'],
  ['LogRetentionDays', '31', 'a number of days that CloudWatch Logs knows'],
  ['Tracing', 'on', 'PassThrough or Active'],
])('%s = %s is rejected with its reason', async (name, value, words) => {
  await expect(stackOf({ ...SLACK, [name]: value })).rejects.toThrow(words);
});

it.each([
  ['DingTalkAppSecret', 'x', 'DingTalkAppKey (Client ID) is missing'],
  ['DingTalkCorpId', 'ding1', 'DingTalkAppSecret (Client Secret) is missing'],
  ['FeishuEncryptKey', 'x', '缺少 App ID（FeishuAppId）'],
  ['FeishuAppId', 'cli_1', '缺少 Verification Token（FeishuVerificationToken）'],
  ['SlackBotToken', 'xoxb-1', 'fill in all of its parameters, or none'],
])('%s alone is rejected, and the missing parameter is named', async (name, value, words) => {
  await expect(stackOf({ [name]: value })).rejects.toThrow(words);
});
