import type { Card, LocalizedText } from '../formatter';

export interface Band {
  /** The lowest severity number of the band. */
  from: number;
  severity: Card['severity'];
  name: LocalizedText;
}

/** "Severity levels for GuardDuty findings": low 1.0–3.9, medium 4.0–6.9, high 7.0–8.9, critical 9.0–10.0. */
const BANDS: readonly Band[] = [
  { from: 9, severity: 'critical', name: { en: 'critical', 'zh-CN': '严重' } },
  { from: 7, severity: 'critical', name: { en: 'high', 'zh-CN': '高危' } },
  { from: 4, severity: 'warning', name: { en: 'medium', 'zh-CN': '中危' } },
  { from: 0, severity: 'info', name: { en: 'low', 'zh-CN': '低危' } },
];

/** A finding without a readable severity is a warning. */
const UNREADABLE: Band = { from: 0, severity: 'warning', name: { en: 'finding', 'zh-CN': '威胁发现' } };

export function bandOf(severity: string | undefined): Band {
  return BANDS.find((band) => severity !== undefined && Number(severity) >= band.from) ?? UNREADABLE;
}

/** The threat purposes of "GuardDuty finding format": the part before the colon of a finding's type. */
export const PURPOSES: Record<string, LocalizedText> = {
  AttackSequence: { en: 'attack sequence', 'zh-CN': '攻击链' },
  Backdoor: { en: 'backdoor', 'zh-CN': '后门' },
  Behavior: { en: 'unusual behavior', 'zh-CN': '异常行为' },
  CredentialAccess: { en: 'credential access', 'zh-CN': '获取凭证' },
  CryptoCurrency: { en: 'crypto mining', 'zh-CN': '挖矿' },
  DefenseEvasion: { en: 'defense evasion', 'zh-CN': '规避检测' },
  Discovery: { en: 'discovery', 'zh-CN': '环境探测' },
  Execution: { en: 'malicious execution', 'zh-CN': '恶意执行' },
  Exfiltration: { en: 'data exfiltration', 'zh-CN': '数据外泄' },
  Impact: { en: 'impact', 'zh-CN': '破坏或资源滥用' },
  InitialAccess: { en: 'initial access', 'zh-CN': '初始入侵' },
  Object: { en: 'malicious object', 'zh-CN': '恶意文件' },
  PenTest: { en: 'penetration testing tool', 'zh-CN': '渗透测试工具' },
  Persistence: { en: 'persistence', 'zh-CN': '驻留' },
  Policy: { en: 'policy violation', 'zh-CN': '违反安全策略' },
  PrivilegeEscalation: { en: 'privilege escalation', 'zh-CN': '权限提升' },
  Recon: { en: 'reconnaissance', 'zh-CN': '侦察扫描' },
  Stealth: { en: 'hiding tracks', 'zh-CN': '隐藏痕迹' },
  Trojan: { en: 'trojan', 'zh-CN': '木马' },
  UnauthorizedAccess: { en: 'unauthorized access', 'zh-CN': '未授权访问' },
};
