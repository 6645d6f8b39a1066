import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsEvent, Both, Language, Say } from './formatter';

/** The few words of the common vocabulary that the formatters here use. */
const WORDS: Record<string, Both> = {
  account: { en: 'Account', 'zh-CN': '账号' },
  category: { en: 'Category', 'zh-CN': '类别' },
  console: { en: 'Console', 'zh-CN': '控制台' },
  reason: { en: 'Reason', 'zh-CN': '原因' },
  region: { en: 'Region', 'zh-CN': '区域' },
  resources: { en: 'Resources', 'zh-CN': '资源' },
  service: { en: 'Service', 'zh-CN': '服务' },
  severity: { en: 'Severity', 'zh-CN': '严重程度' },
  since: { en: 'Since', 'zh-CN': '开始时间' },
  state: { en: 'State', 'zh-CN': '状态' },
  status: { en: 'Status', 'zh-CN': '状态' },
  time: { en: 'Time', 'zh-CN': '时间' },
  until: { en: 'Until', 'zh-CN': '结束时间' },
};

/** A reader for tests: times stay as AWS wrote them, consoles are those of the Region's partition. */
export function readerOf(language: Language): Say {
  return {
    language,
    t: (text) => (typeof text === 'string' ? (WORDS[text]?.[language] ?? text) : text[language]),
    time: (when) => when.trim(),
    console: (service, region, path = '') =>
      `https://${region}.${consoleHost(region)}/${service}/home?region=${region}${path}`,
  };
}

function consoleHost(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
}

/** One of the sample events in `events/`, by its file name without `.json`. */
export function sample<Detail>(name: string): AwsEvent<Detail> {
  return JSON.parse(readFileSync(join(__dirname, '..', 'events', `${name}.json`), 'utf8'));
}

/** The card's fact of that label, or nothing. */
export function factOf(card: { facts?: { label: string; value: string }[] } | undefined, label: string) {
  return card?.facts?.find((fact) => fact.label === label)?.value;
}

const ODDITIES: readonly unknown[] = [undefined, null, '', 'text', 7, true, [], ['text'], [null], {}, { name: {} }];

/** The event again and again, each time with one of its fields missing or of another type. */
export function* distortions(event: unknown): Generator<unknown> {
  if (typeof event !== 'object' || event === null) return;
  for (const [key, value] of Object.entries(event)) {
    for (const odd of ODDITIES) yield withField(event, key, odd);
    for (const inner of distortions(value)) yield withField(event, key, inner);
  }
}

function withField(object: object, key: string, value: unknown): unknown {
  if (Array.isArray(object)) return object.with(Number(key), value);
  return { ...object, [key]: value };
}
