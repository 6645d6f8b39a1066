import { platformOf } from './webhook-platforms';
import { createRuntime } from './webhooks';

it.each([
  'http://oapi.dingtalk.com/robot/send?access_token=0123abcd',
  'https://oapi.dingtalk.com.evil.example/robot/send?access_token=0123abcd',
  'https://0123abcd@oapi.dingtalk.com/robot/send',
  'https://oapi.dingtalk.com:8443/robot/send?access_token=0123abcd',
  'https://evil-logic.azure.com/workflows/0123abcd',
  'https://example.com/0123abcd',
  '0123abcd',
  '',
])('rejects %s with the known hosts, but not the url', (url) => {
  expect(() => platformOf(url)).toThrow(/https:\/\/ and one of: oapi\.dingtalk\.com.*hooks\.slack\.com/);
  expect(() => platformOf(url)).not.toThrow(/0123abcd/);
});

it('says what to do about a connector that was switched off', () => {
  expect(() => platformOf('https://acme.webhook.office.com/webhookb2/0123abcd')).toThrow(
    /switched connectors off.*make a Workflow/s,
  );
});

it('calls no host that is not one of a platform', () => {
  const call = () => createRuntime().resolveEndpoint(new URL('https://example.com/0123abcd'));
  expect(call).toThrow(/^This is not the host of a chat platform.$/);
});

it('requests an emulator instead of the platform', () => {
  const endpoint = createRuntime('http://127.0.0.1:1234/').resolveEndpoint(
    new URL('https://hooks.slack.com/services/T0/B0/x?y=z'),
  );
  expect(endpoint).toBe('http://127.0.0.1:1234/hooks.slack.com/services/T0/B0/x?y=z');
});
