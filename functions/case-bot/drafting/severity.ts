import type { Choice } from '../support-desk';

/** Lowest first; AWS's own (DescribeSeverityLevels). */
const RANKS = ['low', 'normal', 'high', 'urgent', 'critical'];
const USUAL = 'normal';

/** That a live system is down, as people say it; a model's word does not count. */
const DOWN = [
  /\bprod(?:uction)?\b[^.!?\n]{0,60}\b(?:down|outage|unavailable|unreachable|offline|not (?:working|responding))\b/i,
  /\b(?:down|outage|unavailable|unreachable|offline)\b[^.!?\n]{0,30}\bprod(?:uction)?\b/i,
  /(?:生产|线上|正式环境)[^。！？\n]{0,30}(?:宕机|宕了|挂了|中断|瘫痪|不可用|无法访问|停服|全挂|崩溃|down)/i,
  /(?:业务|服务|网站|系统)(?:已经?|全部?|完全|整体)*(?:中断|瘫痪|宕机|停服)[^。！？\n]{0,20}(?:生产|线上)/,
];
const NOT_DOWN =
  /\b(?:not|isn't|is not|no longer|never|n't) (?:\w+ )?(?:down|in production)\b|\bnon-?prod|(?:没有|并未|未|不是|非)(?:宕机|中断|生产|线上)/i;

/** Whether a person says that production is down. */
export const saysDown = (text: string): boolean => !NOT_DOWN.test(text) && DOWN.some((words) => words.test(text));

/** What was proposed, if AWS offers it; never above `normal` unless the person says that production is down. */
export function severityOf(proposed: string | undefined, text: string, offered: readonly Choice[]): string | undefined {
  const codes = offered.map(({ code }) => code);
  const wanted = proposed?.trim().toLowerCase() ?? '';
  const isHigher = RANKS.indexOf(wanted) > RANKS.indexOf(USUAL);
  const allowed = RANKS.includes(wanted) && (!isHigher || saysDown(text)) ? wanted : USUAL;
  return codes.includes(allowed) ? allowed : codes.find((code) => code === USUAL);
}
