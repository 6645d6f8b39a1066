import { listeningLog } from './log.fixture';
import { readSettings } from './settings';

const WEBHOOK_SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:s';

it('has defaults that work', () => {
  const log = listeningLog();
  expect(readSettings({ WEBHOOK_SECRET_ARN }, log)).toEqual({
    secretArn: WEBHOOK_SECRET_ARN,
    keyword: '',
    language: 'zh-CN',
    timeZone: 'UTC',
    pluginPath: ['/opt/nodejs/plugins'],
    chatEndpoint: '',
  });
  expect(log.lines).toEqual([]);
});

it('does not lose alerts over a wrong language, but says so', () => {
  const log = listeningLog();
  expect(readSettings({ WEBHOOK_SECRET_ARN, LANGUAGE: 'fr' }, log).language).toBe('zh-CN');
  expect(log.lines).toEqual([
    { level: 'error', what: 'settings.wrong', setting: 'LANGUAGE', given: 'fr', instead: 'zh-CN' },
  ]);
});

it('fails without a secret: there is nobody to tell', () => {
  expect(() => readSettings({}, listeningLog())).toThrow('WEBHOOK_SECRET_ARN');
});
