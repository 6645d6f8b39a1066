import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { type Bedrock, startBedrock } from './bedrock';
import { accessKeyOf } from './caller';
import { createInterceptor } from './faults';

const ACCOUNT = '111122223333';
const NOVA = 'amazon.nova-lite-v1:0';
const ARN = `arn:aws:bedrock:us-east-1:${ACCOUNT}`;
const interceptor = createInterceptor();
let bedrock: Bedrock;

beforeAll(async () => {
  bedrock = await startBedrock({ account: ACCOUNT, now: () => 0, log: console.error, interceptor });
});
beforeEach(() => bedrock.behave('extractive'));
afterAll(() => bedrock.close());

const DATA =
  '<data-x>\n⚠️ Health event · EC2 reboot\nStarts: 2026-09-29 18:00:00\nAccount: 111122223333\nInstances will reboot soon.\n</data-x>';

/** Calls with the SDK's default handler, which uses HTTP/2. */
async function call(more: Partial<ConverseCommandInput> = {}, region = 'us-east-1', abortSignal?: AbortSignal) {
  const credentials = { accessKeyId: accessKeyOf(ACCOUNT), secretAccessKey: 'local' };
  const client = new BedrockRuntimeClient({ region, maxAttempts: 1, endpoint: bedrock.url, credentials });
  const request: ConverseCommandInput = {
    modelId: NOVA,
    system: [{ text: 'Summarise in English.' }],
    messages: [{ role: 'user', content: [{ text: DATA }] }],
    ...more,
  };
  return client.send(new ConverseCommand(request), { abortSignal }).finally(() => client.destroy());
}

it('answers with extracts of the request and reports the tokens used', async () => {
  const { output, stopReason, usage } = await call();
  expect(output?.message?.content?.[0]?.text).toBe(
    'This is about Health event · EC2 reboot, Starts 2026-09-29 18:00:00, Account 111122223333. Instances will reboot soon.',
  );
  expect(stopReason).toBe('end_turn');
  expect(usage?.totalTokens).toBe((usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0));
});

it.each([
  ['us-east-1', 'us.amazon.nova-lite-v1:0'],
  ['ap-northeast-1', 'apac.amazon.nova-lite-v1:0'],
  ['eu-central-1', 'global.amazon.nova-2-lite-v1:0'],
  ['us-east-1', `arn:aws:bedrock:us-east-1::foundation-model/${NOVA}`],
  ['us-east-1', `${ARN}:inference-profile/us.amazon.nova-premier-v1:0`],
  ['us-east-1', `${ARN}:application-inference-profile/abc123`],
])('accepts in %s the model %s', async (region, modelId) => {
  await call({ modelId }, region);
  expect(bedrock.requests.at(-1)).toMatchObject({ modelId, region });
});

it.each([
  ['an unknown model', 'us-east-1', 'amazon.nova-huge-v1:0', 'ValidationException', /model identifier is invalid/],
  ['a profile of another area', 'us-east-1', 'apac.amazon.nova-lite-v1:0', 'ValidationException', /invalid/],
  ['a model that needs a profile', 'us-east-1', 'amazon.nova-premier-v1:0', 'ValidationException', /inference profile/],
  ['any model in China', 'cn-north-1', NOVA, 'ValidationException', /invalid/],
  [
    'another account’s profile',
    'us-east-1',
    `${ARN.replace(ACCOUNT, '999999999999')}:application-inference-profile/a`,
    'AccessDeniedException',
    /denied/,
  ],
])('rejects %s', async (_, region, modelId, name, message) => {
  await expect(call({ modelId }, region)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

it.each([
  ['throttle', 'ThrottlingException', 429],
  ['denied', 'AccessDeniedException', 403],
  ['end-of-life', 'ResourceNotFoundException', 404],
  ['unavailable', 'ServiceUnavailableException', 503],
  ['broken', 'ModelErrorException', 424],
] as const)('with behavior %s fails with %s', async (behavior, name, httpStatusCode) => {
  bedrock.behave(behavior);
  await expect(call()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
});

it.each([
  ['refuse', 'content_filtered', /unable/],
  ['guardrail', 'guardrail_intervened', /Blocked/],
  ['cut-off', 'max_tokens', /^.{20}$/],
  ['hallucinated-id', 'end_turn', /i-0badc0ffee0badc0f/],
  ['hallucinated-url', 'end_turn', /https:\/\/aws\.example\.net/],
  ['hallucinated-account', 'end_turn', /999988887777/],
  ['dropped-deadline', 'end_turn', /^(?!.*2026)/],
  ['wrong-language', 'end_turn', /通知了/],
  ['confess', 'end_turn', /^Summarise in English/],
] as const)('with behavior %s stops with %s', async (behavior, stopReason, text) => {
  bedrock.behave(behavior);
  const { output, ...result } = await call();
  expect(result.stopReason).toBe(stopReason);
  expect(output?.message?.content?.[0]?.text).toMatch(text);
});

it('with behavior hang does not answer until the client aborts', async () => {
  bedrock.behave('hang');
  const controller = new AbortController();
  const end = interceptor.watch(({ when }) => {
    if (when === 'after') controller.abort();
  });
  await expect(call({}, undefined, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  end();
});
