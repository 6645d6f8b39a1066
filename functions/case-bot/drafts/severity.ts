import type { SupportOption } from '../domain/support-client';

/** Lowest first; AWS's own (DescribeSeverityLevels). */
const SEVERITIES = ['low', 'normal', 'high', 'urgent', 'critical'];
const DEFAULT_SEVERITY = 'normal';

const LIVE = '(?:\\bprod(?:uction)?\\b|\\blive (?:site|system|service|platform|environment)s?\\b)';
const OUTAGE =
  '(?:(?<!\\b(?:shut|scal\\w+|slow\\w*|cut|writ\\w+|drill\\w*|step\\w*|turn\\w*) )\\bdown\\b(?! (?:to|by|from)\\b)|\\b(?:outage|unavailable|unreachable|offline|not (?:working|responding|reachable|available)|stop(?:s|ped) (?:working|responding))\\b)';
const FAILS = '\\b(?:5\\d\\d|fail\\w*|errors?|times? out|timing out|reject\\w*)\\b';
const EACH = '\\b(?:every|all|any|no(?:body| one|ne)?)\\b';
const LIVE_ZH = '(?:生产|线上|正式环境|现网)';
const OUTAGE_ZH =
  '(?:宕机|宕了|挂了|挂掉|全挂|中断|瘫痪|不可用|无法访问|打不开|访问不了|连不上|用不了|停摆|停服|崩溃|崩了|down)';

/** That a live system is down, as people say it in one sentence; a model's word does not count. */
const DOWN = [
  new RegExp(`${LIVE}[^\\n]{0,60}${OUTAGE}|${OUTAGE}[^\\n]{0,30}${LIVE}`, 'i'),
  new RegExp(`${LIVE}[^\\n]{0,60}${FAILS}[^\\n]{0,20}${EACH}|${EACH}[^\\n]{0,30}${LIVE}[^\\n]{0,30}${FAILS}`, 'i'),
  new RegExp(
    `${LIVE_ZH}[^\\n]{0,30}${OUTAGE_ZH}|(?:业务|服务|网站|系统)(?:已经?|全部?|完全|整体){0,2}${OUTAGE_ZH}[^\\n]{0,20}${LIVE_ZH}`,
    'i',
  ),
  new RegExp(`${LIVE_ZH}[^\\n]{0,30}(?:全部|所有|全都)[^\\n]{0,12}(?:失败|报错|超时|登录不了|连不上|5\\d\\d)`),
];
/** That it is not, or no longer, or might be, or that something else is. */
const NOT_DOWN = [
  /\b(?:not|isn't|is not|no longer|never|n't) (?:\w+ )?(?:down|in production)\b|(?:没有|并未|未|不是|非)(?:完全|全部)?(?:宕机|中断|生产|线上)/i,
  /\b(?:if|in case|suppose|simulat\w*|drill|would|could|might|avoid|prevent|how (?:do|to|can)|what happens|goes)\b|如果|假如|假设|万一|演练|模拟|会不会|会[^，。]{0,6}吗|避免|防止|怎么赔/i,
  /\b(?:was|were|had been) (?:\w+ )?(?:down|offline|unavailable|unreachable)\b(?!.*\bstill\b)|\b(?:recovered|resolved|up again|back up|back online)\b|(?<!未|没有?|无法|不能)(?:已经?恢复|恢复了|恢复正常)/i,
  /\bnon-?prod|\b(?:staging|test|dev|development|sandbox|uat|pre-?prod\w*)\b|测试|开发环境|预发|沙箱|\bback-?ups?\b|备份/i,
];
const SENTENCES = /[.!?](?=\s|$)|[。！？；;\n]/;

/** Whether a person says that production is down. */
export const saysDown = (text: string): boolean =>
  text
    .split(SENTENCES)
    .some((sentence) => DOWN.some((words) => words.test(sentence)) && !NOT_DOWN.some((words) => words.test(sentence)));

/** What was proposed, if AWS offers it; never above `normal` unless the person says that production is down. */
export function severityOf(
  proposed: string | undefined,
  text: string,
  offered: readonly SupportOption[],
): string | undefined {
  const codes = offered.map(({ code }) => code);
  const wanted = proposed?.trim().toLowerCase() ?? '';
  const isHigher = SEVERITIES.indexOf(wanted) > SEVERITIES.indexOf(DEFAULT_SEVERITY);
  const allowed = SEVERITIES.includes(wanted) && (!isHigher || saysDown(text)) ? wanted : DEFAULT_SEVERITY;
  return codes.includes(allowed) ? allowed : codes.find((code) => code === DEFAULT_SEVERITY);
}
