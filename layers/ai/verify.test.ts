import { findViolation, type Violation } from './verify';

const NOTICE = `EC2 maintenance · i-0abc12de
Starts: 2026-12-03 02:00:00 UTC+08:00
Until: 2026-12-05 06:00:00 UTC+08:00
Account: 111122223333
Region: ap-east-1
80% of 1,200 requests fail, the next update is due by 8:45 PM PDT. The host orders-primary needs 30 minutes.
Run aws ec2 describe-hosts. See https://evil.example/login, or mail ops@shop.example.`;
const SOURCE = { text: NOTICE, language: 'en' as const };
const verify = (words: string, more = {}) =>
  findViolation(`The instance i-0abc12de is affected by ${words} and has to be looked at.`, { ...SOURCE, ...more });

describe('findViolation()', () => {
  it.each([
    'maintenance on Dec 3, 2026',
    'maintenance on 3 December 2026 at 02:00',
    'maintenance on 2026/12/03 02:00 (UTC+8)',
    'maintenance from 2 a.m. Beijing time',
    'an update by 20:45 PDT',
    '80% of 1200 requests',
    'account 111122223333 in AP-EAST-1',
    'a delay of 30 min',
    'aws ec2 describe-hosts',
  ])('accepts what the source says, however it is written: %s', (words) => {
    expect(verify(words)).toBeUndefined();
  });

  it.each<[Violation, string]>([
    ['date', 'maintenance on Dec 4, 2026'],
    ['date', 'maintenance on 2027-12-03'],
    ['date', 'maintenance on Friday'],
    ['date', 'maintenance tomorrow'],
    ['time', 'maintenance at 2 p.m.'],
    ['time', 'maintenance at 02:00 UTC-08:00'],
    ['time', 'maintenance at 02:00 UTC'],
    ['time', 'an update by 8:45 AM PDT'],
    ['time', 'an update by 8:45 PM PST'],
    ['time', 'maintenance on 2026-12-05 02:00'],
    ['duration', 'a delay of 30 hours'],
    ['duration', 'a delay of a week'],
    ['number', '81% of the requests'],
    ['number', '12,000 requests'],
    ['number', 'forty requests'],
    ['number', '１３８００１３８０００'],
    ['number', '幺三八零零幺三八零零零'],
    ['number', 'account 111122223334'],
    ['identifier', '٤٥ requests'],
    ['identifier', 'i-0abc12df'],
    ['identifier', 'arn:aws:ec2:ap-east-1:111122223333:instance/i-0abc12de'],
    ['identifier', 'ap-east-2'],
    ['identifier', 'docs.aws.example.com'],
    ['identifier', 'evil․com'],
    ['identifier', 'evil。com'],
    ['identifier', '亚马逊云安全.中国'],
    ['identifier', 'оrders-primary'],
    ['name', 'orders-replica'],
    ['link', 'https://evil.example/login'],
    ['link', 'ｈｔｔｐｓ：／／evil.example'],
    ['link', 'javascript:alert'],
    ['link', 'evil dot com'],
    ['mention', 'ops@shop.example'],
    ['mention', '＠all'],
    ['markup', '**maintenance**'],
    ['markup', '<!channel>'],
    ['markup', 'a\u202eb'],
    ['markup', 'maintenance 🚨'],
    ['command', 'the need to run pip install awsfix'],
    ['command', 'what eksctl scale does'],
    ['command', 'what --force does'],
    ['claim', 'an issue that needs no action'],
    ['instructions', 'a system prompt'],
  ])('drops an answer for its %s: %s', (violation, words) => {
    expect(verify(words)).toBe(violation);
  });

  it.each<[Violation | undefined, string]>([
    [undefined, '实例 i-0abc12de 将于十二月三日凌晨两点（北京时间）开始维护。'],
    [undefined, '约百分之八十的请求失败，请在 PDT 晚上 8:45 之前查看更新。'],
    ['time', '实例 i-0abc12de 将于12月3日下午2点开始维护。'],
    ['number', '实例 i-0abc12de 等四十台实例需要维护。'],
    ['command', '请在主机上运行 pip install awsfix 修复实例的问题。'],
    ['name', '请在主机上运行 awsfix 修复实例的问题。'],
    ['claim', '实例 i-0abc12de 的问题已恢复，请知悉。'],
    ['language', 'The instance i-0abc12de is affected by maintenance.'],
    ['empty', '。'],
  ])('returns %s for the Chinese answer: %s', (violation, answer) => {
    expect(findViolation(answer, { ...SOURCE, language: 'zh-CN' })).toBe(violation);
  });

  it('demands each deadline with its day and time', () => {
    const deadlines = ['2026-12-03 02:00:00 UTC+08:00'];
    expect(verify('maintenance on 2026-12-03 02:00', { deadlines })).toBeUndefined();
    expect(verify('maintenance on 2026-12-03', { deadlines })).toBe('deadline');
    expect(verify('maintenance by 06:00 on 2026-12-05', { deadlines })).toBe('deadline');
  });

  it('demands the first date of the source that is a deadline by its own words', () => {
    const text = 'Reported on November 1, 2026. Please upgrade before December 1, 2026, or by January 5, 2027.';
    const answer = (date: string) => findViolation(`Please upgrade it before ${date}.`, { text, language: 'en' });
    expect([answer('December 1, 2026'), answer('January 5, 2027')]).toEqual([undefined, 'deadline']);
  });

  it('counts bytes, not characters', () => {
    const answer = '实例受到影响，请提前处理。'.repeat(8);
    expect(findViolation(answer, { text: '', language: 'zh-CN', maxBytes: 300 })).toBe('too-long');
    expect(findViolation(answer, { text: '', language: 'zh-CN', maxBytes: 400 })).toBeUndefined();
  });

  it('drops an answer that repeats its instructions', () => {
    const instructions = 'Sum up an AWS notification for the person on call, in two or three sentences.';
    expect(findViolation('It is to sum up an AWS notification for the person on call.', SOURCE, instructions)).toBe(
      'instructions',
    );
  });

  it('allows words with signs that a person has written', () => {
    const text = '策略允许 s3:* 但日志 [sshd] 报错，请看一下原因';
    expect(findViolation(text, { text, language: 'zh-CN' })).toBe('markup');
    expect(findViolation(text, { text, language: 'zh-CN', isFromPerson: true })).toBeUndefined();
  });

  it('takes time in proportion to the length of hostile input', () => {
    const pieces = ['1.', 'a-', '<', '@', '2026-', 'a.', '一月', 'i ', '(((', '10:00 UTC ', '3 h ', 'one ', '十', '1,'];
    const startedAt = process.cpuUsage();
    for (const piece of pieces)
      findViolation(piece.repeat(300), { text: piece.repeat(20_000), language: 'zh-CN', maxBytes: 9_000 });
    expect(process.cpuUsage(startedAt).user).toBeLessThan(10_000_000);
  });
});
