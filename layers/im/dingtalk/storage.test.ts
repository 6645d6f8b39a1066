import { createBotRuntime } from '../bot-platforms';
import { storageUrl } from './files';
import { FILE } from './script.fixture';

it('asks by https, and leaves the signed query as it is', () => {
  expect(storageUrl(FILE).href).toBe(FILE.replace('http:', 'https:'));
});

it.each([
  'https://wukong-file-im-sh.oss-cn-shanghai.aliyuncs.com/a',
  'https://sh-dualstack.trans.dingtalk.com/yundisk0/a.file',
  'https://down.dingtalk.com/media/a.png',
])('fetches from %s, and the world lets it', (url) => {
  expect(createBotRuntime().resolveEndpoint(storageUrl(url))).toBe(url);
});

it.each([
  'https://evil.example/a?Signature=s1gn',
  'https://dingtalk.com.evil.example/a?Signature=s1gn',
  'https://evildingtalk.com/a?Signature=s1gn',
  'http://169.254.169.254/latest/meta-data?Signature=s1gn',
  'http://8.134.254.49:30000/a?Signature=s1gn',
  'https://ddoss.acme.example/a?Signature=s1gn',
  'https://wukong.oss-cn-zhangjiakou-internal.aliyuncs.com/a?Signature=s1gn',
  'https://ecs.aliyuncs.com/a?Signature=s1gn',
  'https://wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com:8443/a?Signature=s1gn',
  'https://me:pw@down.dingtalk.com/a?Signature=s1gn',
  'file:///etc/passwd?Signature=s1gn',
])('never fetches from %s, and says what to do without saying the address', (url) => {
  const refused = () => storageUrl(url);
  expect(refused).toThrow(/a host that is not DingTalk's \([^/?]*\).*AWS console/);
  expect(refused).not.toThrow(/s1gn|pw@/);
});

it.each(['', 'soon'])('tries again where %j is said for an address', (url) => {
  expect(() => storageUrl(url)).toThrow(expect.objectContaining({ retryable: true }));
});
