import { resolveValue } from '../../local/stack/intrinsics';
import { createPlan } from '../../local/stack/plan';
import { readTemplate } from '../../local/stack/template';

interface Statement {
  Action: string;
  Resource: string | string[];
  Condition?: { StringEquals: { 'bedrock:InferenceProfileArn': string } };
}

const NOVA = 'amazon.nova-lite-v1:0';
const arn = (region: string, rest: string, partition = 'aws') => `arn:${partition}:bedrock:${region}:${rest}`;
const model = (region: string, id = NOVA, partition = 'aws') => arn(region, `:foundation-model/${id}`, partition);
const profile = (id: string, region = 'eu-west-1') => arn(region, `111122223333:inference-profile/${id}`);

/** The policy's statements as CloudFormation would resolve them; none where there is no policy. */
async function statements(parameters: Record<string, string>, region = 'eu-west-1'): Promise<Statement[]> {
  const given = { WebhookUrl: 'https://hooks.slack.com/services/x', ...parameters };
  const plan = createPlan(await readTemplate('template.yaml'), given, {
    stackName: 's',
    account: '111122223333',
    region,
  });
  const policy = plan.resources.LlmPolicy;
  if (!policy) return [];
  const { PolicyDocument } = Object(resolveValue(policy.properties, plan.scope(new Map())));
  return PolicyDocument.Statement;
}

/** As IAM evaluates: `*` matches any text, also none; a condition on a key that the request does not have is not met. */
function allows(policy: readonly Statement[], resource: string, through?: string): boolean {
  const fits = (pattern: string): boolean =>
    new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(resource);
  return policy.some(({ Action, Resource, Condition }) => {
    const isMet = !Condition || Condition.StringEquals['bedrock:InferenceProfileArn'] === through;
    return Action === 'bedrock:InvokeModel' && isMet && [Resource].flat().some(fits);
  });
}
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const on = (LlmModelId: string, more = {}) => statements({ EnableLLM: 'true', LlmModelId, ...more });

it('the policy does not exist while no model is enabled, and in China, where Bedrock has none', async () => {
  expect(await statements({})).toEqual([]);
  expect(await statements({ EnableLLM: 'true' }, 'cn-north-1')).toEqual([]);
});

it('the policy allows exactly the configured model, in its Region', async () => {
  const policy = await on(NOVA);
  expect(allows(policy, model('eu-west-1'))).toBe(true);
  for (const other of [
    model('us-east-1'),
    model('eu-west-1', 'amazon.nova-pro-v1:0'),
    profile('eu.amazon.nova-pro-v1:0'),
  ])
    expect(allows(policy, other)).toBe(false);
  expect(allows(policy, model('us-east-1'), profile('eu.amazon.nova-lite-v1:0'))).toBe(false);
});

it('the policy allows the model in LlmRegion where that is set', async () => {
  const policy = await on(NOVA, { LlmRegion: 'us-east-1' });
  expect([allows(policy, model('us-east-1')), allows(policy, model('eu-west-1'))]).toEqual([true, false]);
});

it.each(['eu.amazon.nova-lite-v1:0', 'global.amazon.nova-2-lite-v1:0'])(
  'the policy allows the profile %s, and its model in every Region through that profile only',
  async (id) => {
    const policy = await on(id);
    expect(allows(policy, profile(id), profile(id))).toBe(true);
    for (const region of ['eu-west-1', 'eu-north-1', '']) {
      expect(allows(policy, model(region), profile(id))).toBe(true);
      expect(allows(policy, model(region))).toBe(false);
      expect(allows(policy, model(region), profile('eu.amazon.nova-pro-v1:0'))).toBe(false);
    }
  },
);

it.each([profile('eu.amazon.nova-lite-v1:0'), arn('eu-west-1', '111122223333:application-inference-profile/abc123')])(
  'the policy allows the profile with the ARN %s',
  async (id) => {
    const policy = await on(id);
    expect(allows(policy, id, id)).toBe(true);
    expect(allows(policy, model('eu-north-1'), id)).toBe(true);
    expect(allows(policy, model('eu-north-1'))).toBe(false);
  },
);

it('the policy allows the model with an ARN, in any partition', async () => {
  const id = model('us-gov-west-1', NOVA, 'aws-us-gov');
  const policy = await statements({ EnableLLM: 'true', LlmModelId: id }, 'us-gov-west-1');
  expect([allows(policy, id), allows(policy, model('us-gov-east-1', NOVA, 'aws-us-gov'))]).toEqual([true, false]);
  const byId = await statements({ EnableLLM: 'true' }, 'us-gov-west-1');
  expect(allows(byId, id)).toBe(true);
});

it('the notifier and the case bot count their tokens in the same table', async () => {
  const { resources } = await readTemplate('template.yaml');
  const tables = ['Notifier', 'CaseWorker'].map(
    (name) => Object(resources[name]?.properties.Environment).Variables.LLM_BUDGET_TABLE,
  );
  expect(tables[0]).toBeDefined();
  expect(tables[1]).toEqual(tables[0]);
});
