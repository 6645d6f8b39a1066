import type { Locale, LocalizedText } from '../formatter';

const UNITS: readonly { seconds: number; name: LocalizedText }[] = [
  { seconds: 86_400, name: { en: 'd', 'zh-CN': '天' } },
  { seconds: 3_600, name: { en: 'h', 'zh-CN': '小时' } },
  { seconds: 60, name: { en: 'min', 'zh-CN': '分钟' } },
  { seconds: 1, name: { en: 's', 'zh-CN': '秒' } },
];

/** Seconds in the largest unit of which there are at least two. */
export function span(seconds: unknown, locale: Locale): string | undefined {
  const count = Number(seconds);
  const unit = UNITS.find((one) => count >= 2 * one.seconds) ?? UNITS.at(-1);
  return unit && count > 0 ? `${Math.round(count / unit.seconds)} ${locale.t(unit.name)}` : undefined;
}
