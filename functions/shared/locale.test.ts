import { testLocale } from './locale.fixture';

const shanghai = testLocale('zh-CN');

describe('the reader’s clock', () => {
  it.each([
    ['2024-06-01T12:00:00Z', '2024-06-01 20:00:00 UTC+08:00'],
    ['2024-06-01T12:00:00.000+0000', '2024-06-01 20:00:00 UTC+08:00'],
    ['Sat, 05 Jun 2016 15:10:09 GMT', '2016-06-05 23:10:09 UTC+08:00'],
  ])('shows %s where the reader is, with the offset', (when, shown) => {
    expect(shanghai.time(when)).toBe(shown);
  });

  it('gives an unreadable time back as it is, and never reads one into a name', () => {
    expect(shanghai.time('i-0abc 2024')).toBe('i-0abc 2024');
    expect(shanghai.time('2018-11-27T01:30:00Z <<fill this in>>')).toBe('2018-11-27T01:30:00Z <<fill this in>>');
    expect(shanghai.time('')).toBe('');
  });
});

describe('the reader’s console', () => {
  it.each([
    ['us-east-1', 'https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#Instances:'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/ec2/home?region=cn-north-1#Instances:'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/ec2/home?region=us-gov-west-1#Instances:'],
    ['global', 'https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#Instances:'],
    ['evil.com/', 'https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#Instances:'],
  ])('of %s', (region, url) => {
    expect(shanghai.console('ec2', region, '#Instances:')).toBe(url);
  });
});

it('speaks the common vocabulary, and a plugin’s own texts, in the reader’s language', () => {
  expect(shanghai.t('account')).toBe('账号');
  expect(testLocale('en').t('account')).toBe('Account');
  expect(shanghai.t({ en: 'Disk', 'zh-CN': '磁盘' })).toBe('磁盘');
  expect(shanghai.t('a word without a translation')).toBe('a word without a translation');
});
