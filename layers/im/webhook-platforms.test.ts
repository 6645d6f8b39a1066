import { platformOf } from './webhook-platforms';
import { createRuntime, WEBHOOK_PLATFORMS } from './webhooks';

const URLS: [string, string][] = [
  ['dingtalk', 'https://oapi.dingtalk.com/robot/send?access_token=0123abcd'],
  ['dingtalk', 'https://oapi.dingtalk.io/robot/send?access_token=0123abcd'],
  ['feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/0123abcd'],
  ['feishu', 'https://open.larksuite.com/open-apis/bot/v2/hook/0123abcd'],
  ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123abcd'],
  ['slack', 'https://hooks.slack.com/services/T0/B0/0123abcd'],
  ['teams', 'https://prod-1.westeurope.logic.azure.com:443/workflows/0123abcd/triggers/manual/paths/invoke?sig=x'],
  [
    'teams',
    'https://default0.1.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123abcd/triggers?sig=x',
  ],
];

it.each(URLS)('knows a webhook of %s', (name, url) => {
  expect(platformOf(url).name).toBe(name);
  expect(WEBHOOK_PLATFORMS.filter((platform) => platform.ownsUrl(new URL(url)))).toHaveLength(1);
});

it.each([
  'http://oapi.dingtalk.com/robot/send?access_token=0123abcd',
  'https://oapi.dingtalk.com.evil.example/robot/send?access_token=0123abcd',
  'https://0123abcd@oapi.dingtalk.com/robot/send',
  'https://oapi.dingtalk.com:8443/robot/send?access_token=0123abcd',
  'https://evil-logic.azure.com/workflows/0123abcd',
  'https://example.com/0123abcd',
  '0123abcd',
  '',
])('refuses %s and names the hosts it knows, but not the url', (url) => {
  expect(() => platformOf(url)).toThrow(/https:\/\/ and one of: oapi\.dingtalk\.com.*hooks\.slack\.com/);
  expect(() => platformOf(url)).not.toThrow(/0123abcd/);
});

it('says what to do about a connector that was switched off', () => {
  expect(() => platformOf('https://acme.webhook.office.com/webhookb2/0123abcd')).toThrow(
    /switched connectors off.*make a Workflow/s,
  );
});

it('calls the hosts of the platforms and nobody else', () => {
  for (const [, url] of URLS) expect(createRuntime().resolveEndpoint(new URL(url))).toBe(new URL(url).href);
  expect(() => createRuntime().resolveEndpoint(new URL('https://example.com/0123abcd'))).toThrow(
    /^This is not the host of a chat platform.$/,
  );
});

it('lets an emulator stand in for them', () => {
  const endpoint = createRuntime('http://127.0.0.1:1234/').resolveEndpoint(
    new URL('https://hooks.slack.com/services/T0/B0/x?y=z'),
  );
  expect(endpoint).toBe('http://127.0.0.1:1234/hooks.slack.com/services/T0/B0/x?y=z');
});
