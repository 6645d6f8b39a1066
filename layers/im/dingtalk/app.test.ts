import { createBotRuntime } from '../bot-platforms';
import { ForgedRequestError } from '../chat-app';
import { dingtalkBot } from './bot';
import { callback } from './callback.fixture';

const far = { ...createBotRuntime(), now: () => 0 };

it('can be opened with nothing at all, and says then what it lacks', async () => {
  const app = dingtalkBot.open({}, far);
  expect(() => app.receive(callback())).toThrow(
    new ForgedRequestError('no callback is accepted without appKey, appSecret, corpId'),
  );
  await expect(app.healthCheck()).rejects.toThrow('enter appKey, appSecret, corpId from the developer console');
});

it('has a case live where it was opened, for it can open no place of its own', () => {
  expect(dingtalkBot.open({}, far).createThread).toBeUndefined();
});

it.each([
  'https://api.dingtalk.com/v1.0/oauth2/accessToken',
  'https://oapi.dingtalk.com/robot/sendBySession?session=x',
  'https://oapi.dingtalk.io/robot/sendBySession?session=x',
])('is allowed to call %s', (url) => {
  expect(far.resolveEndpoint(new URL(url))).toBe(url);
});

it('leaves a message as it was said, for a robot can show none anew', () => {
  expect(dingtalkBot.open({}, far).update).toBeUndefined();
});
