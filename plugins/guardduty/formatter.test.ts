import type { Json } from '../json';
import { distortions, factOf, readerOf, sample } from '../locale.fixture';
import formatter from './formatter';

type Event = Parameters<typeof formatter.format>[0];
const english = readerOf('en');
const chinese = readerOf('zh-CN');
const card = (name: string, locale = english) => formatter.format(sample<Json>(name), locale);
const findingOf = (fields: object): Event => {
  const event = sample<Record<string, Json>>('guardduty-crypto-mining');
  return { ...event, detail: { ...event.detail, ...fields } };
};

it('the card names severity, finding and affected resource', () => {
  expect(card('guardduty-crypto-mining')).toMatchObject({
    title: expect.stringMatching(/^GuardDuty high · crypto mining · EC2 instance i-0\w+$/),
    severity: 'critical',
  });
  expect(card('guardduty-crypto-mining', chinese).title).toMatch(/^告警 · GuardDuty 高危 · 挖矿 · EC2 实例 i-0\w+$/);
});

it.each([
  [1, 'info', 'low'],
  [3.9, 'info', 'low'],
  [4, 'warning', 'medium'],
  [6.9, 'warning', 'medium'],
  [7, 'critical', 'high'],
  [8.9, 'critical', 'high'],
  ['9', 'critical', 'critical'],
  [10, 'critical', 'critical'],
])('takes the severity %s for %s, as AWS documents its bands', (severity, ours, band) => {
  const found = formatter.format(findingOf({ severity }), english);
  expect(found.severity).toBe(ours);
  expect(factOf(found, 'Severity')).toBe(`${band} · ${severity}`);
});

it.each([
  [
    'guardduty-network-connection',
    'outbound · TCP · 50412 → 6667 (IRC)',
    '198.51.100.7 (Amsterdam, Netherlands) · AS64500 Example Hosting',
  ],
  ['guardduty-crypto-mining', 'pool.minexmr.example · UDP', undefined],
  [
    'guardduty-access-key',
    'ConsoleLogin · signin.amazonaws.com',
    '203.0.113.77 (Berlin, Germany) · AS64503 Example Broadband · Mozilla/5.0',
  ],
  [
    'guardduty-rds-login-govcloud',
    'postgres · psql · 212 failed, 1 successful',
    '203.0.113.60 (Denver, United States) · AS64505 Example Wireless',
  ],
])('says of %s what was done and from where', (name, activity, remote) => {
  expect(factOf(card(name), 'Activity')).toBe(activity);
  expect(factOf(card(name), 'Remote')).toBe(remote);
});

it('the card names every address that probes a port', () => {
  expect(factOf(card('guardduty-port-probe'), 'Remote')?.split('\n')).toHaveLength(2);
  expect(factOf(card('guardduty-port-probe'), 'Activity')).toBe('22 (SSH)');
});

it('the card names the workload of a cluster, the process in a container and the file with malware', () => {
  expect(factOf(card('guardduty-kubernetes'), 'Resources')).toContain('pods/kube-system/coredns-5d78c9869d-abcde');
  expect(factOf(card('guardduty-runtime-ecs'), 'Process')).toBe('/tmp/.x/xmrig · www-data');
  expect(factOf(card('guardduty-ebs-malware'), 'Malware')).toBe('EICAR-Test-File · /srv/upload/invoice.zip');
});

it('the card names the credentials that emptied a bucket', () => {
  expect(factOf(card('guardduty-s3-exfiltration'), 'Principal')).toBe('reporting · AssumedRole · ASIAIOSFODNN7EXAMPLE');
});

it('the card lists the signals of an attack in order of time', () => {
  const attack = card('guardduty-attack-sequence', chinese);
  expect(attack.title).toBe('告警 · GuardDuty 严重 · 攻击链 · deploy-bot');
  expect(factOf(attack, '信号')?.split('\n')).toEqual([
    '2026-09-14T01:48:22Z · UnauthorizedAccess:IAMUser/TorIPCaller · ×3',
    '2026-09-14T02:58:00Z · DeleteTrail · ×1',
    '2026-09-14T03:01:12Z · Exfiltration:S3/AnomalousBehavior · ×14',
  ]);
});

it('the card marks a sample as a sample and an archived finding as archived', () => {
  expect(card('guardduty-lambda-sample').title).toMatch(/^\[sample\] GuardDuty high/);
  expect(formatter.format(findingOf({ service: { archived: true } }), chinese).title).toMatch(/^【已归档】/);
  expect(card('guardduty-crypto-mining').title).not.toMatch(/sample|archived/);
});

it('the card names the affected member account, and the administrator that received the finding', () => {
  expect(factOf(card('guardduty-crypto-mining'), 'Account')).toBe('444455556666, received by 111122223333');
});

it('the card links to the finding in the GovCloud console', () => {
  expect(card('guardduty-rds-login-govcloud').links?.[0]?.url).toMatch(
    /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\/guardduty\/home\?region=us-gov-west-1#\/findings\?macros=current&fId=\w+$/,
  );
});

it('the card quotes AWS and keeps AWS’s text out of its own', () => {
  const found = formatter.format(findingOf({ title: '<!channel>', description: '@all' }), english);
  expect(found.quote).toBe('<!channel>\n@all');
  expect(found.text).not.toMatch(/channel|@all/);
});

it('the card is critical for malware in an object; a clean object has no card', () => {
  const scan = sample<Record<string, Json>>('guardduty-object-scan');
  expect(card('guardduty-object-scan', chinese)).toMatchObject({
    title: '告警 · GuardDuty · 发现恶意软件 · s3://amzn-s3-demo-uploads/2026/09/14/合同 附件.zip',
    severity: 'critical',
  });
  const scanResultDetails: unknown = { scanResultStatus: 'NO_THREATS_FOUND', threats: null };
  const clean: unknown = { ...scan, detail: { ...scan.detail, scanResultDetails } };
  expect(formatter.format(clean as Event, english).severity).toBe('info');
});

it('the card names where GuardDuty’s protection is unhealthy, and why', () => {
  const blind = card('guardduty-runtime-unhealthy');
  expect(blind).toMatchObject({
    title: 'GuardDuty · runtime monitoring unhealthy · EKS · prod-eu',
    severity: 'warning',
  });
  expect(factOf(blind, 'Reason')).toBe('Agent not reporting on 1 node');
});

it.each([
  'guardduty-network-connection',
  'guardduty-attack-sequence',
  'guardduty-ebs-malware',
  'guardduty-object-scan',
  'guardduty-runtime-unhealthy',
])('never throws, whatever becomes of %s', (name) => {
  for (const event of distortions(sample(name))) {
    expect(formatter.format(event as Event, chinese).title).toContain('告警 · GuardDuty');
  }
});
