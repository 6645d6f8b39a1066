/** What a reader could look up, call or act upon: the kind is also the reason that logs and metrics show. */
export type FactKind = 'date' | 'time' | 'duration' | 'number' | 'identifier';

export interface SourceFact {
  kind: FactKind;
  /** In canonical form. */
  value: string;
  /** Forms of a source's fact that may be written for it: `9-30` for `2026-9-30`. */
  implies: readonly string[];
  /** What a source may have instead: all of one list. */
  alternatives: readonly (readonly string[])[];
  at: number;
  end: number;
}

type Found = Pick<SourceFact, 'kind' | 'value'> & Partial<Pick<SourceFact, 'implies' | 'alternatives'>>;
type Rule = readonly [
  pattern: RegExp,
  toFacts: (groups: Readonly<Record<string, string | undefined>>) => readonly Found[],
];

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = '(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';
const ZONES: readonly (readonly [zone: string, pattern: string])[] = [
  ['+8', '北京时间|中国标准时间|Beijing time|China Standard Time'],
  ['pdt', 'PDT\\b|Pacific Daylight(?: Time)?|太平洋夏令时间?'],
  ['pst', 'PST\\b|Pacific Standard(?: Time)?|太平洋标准时间?'],
  ['pt', 'PT\\b|Pacific(?: Time)?|太平洋时间?'],
  ['', '(?:UTC|GMT)(?: ?[+-]\\d{1,2}(?::?\\d\\d)?)?|CES?T\\b|E[DS]?T\\b|JST\\b|IST\\b|BST\\b|SGT\\b|(?<=\\d)Z\\b'],
];
const ZONE = `(?:${ZONES.map(([, pattern]) => pattern).join('|')})`;
const MORNING = '凌晨|清晨|早上|早晨|上午|今早|早';
const EVENING = '中午|下午|傍晚|晚上|晚间|夜间|昨晚|今晚|晚';
const HALF = `(?:(?<am>${MORNING})|(?<pm>${EVENING}))`;
const SUFFIX = '(?:(?<a>a\\.?m\\b\\.?)|(?<p>p\\.?m\\b\\.?))';
const RANGE = '(?:-|–|~|to|or|and|至|到|或)';
const NUMBER = '\\d[\\d,]{0,15}(?:\\.\\d{1,9})?';
const TIME_UNITS: Readonly<Record<string, string>> = {
  ms: 'ms|milliseconds?|毫秒',
  s: 's|secs?|seconds?|秒钟?',
  min: 'm|mins?|minutes?|分钟',
  h: 'h|hrs?|hours?|个?小时|个?钟头',
  d: 'd|days?|天',
  workday: '(?:business|working) days?|个?工作日',
  week: 'w|weeks?|周|个?星期',
  month: 'months?|个月',
  year: 'years?|年',
};
const SIZES = '%|[kmgt]i?b|vcpus?';
const unitsOf = Object.entries(TIME_UNITS).map(
  ([unit, pattern]) => [unit, new RegExp(`^(?:${pattern})$`, 'i')] as const,
);
const UNIT = `(?<unit>${Object.values(TIME_UNITS).join('|')}|${SIZES})`;

const ARTICLES: Readonly<Record<string, string>> = { 'half an': '0.5', two: '2' };

/** In this order: what one has found is hidden from those after it. */
const RULES: readonly Rule[] = [
  [/(?<!\d)(?<y>\d{4}) ?[-/年] ?(?<m>\d{1,2})(?: ?[-/月] ?(?<d>\d{1,2})(?!\d)(?: ?[日号])?| ?月)/g, dateOf],
  [/(?<![\d.])(?<m>\d{1,2}) ?月 ?(?<d>\d{1,2}) ?[日号]?/g, dateOf],
  [new RegExp(`\\b${MONTH} (?<d>\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (?<y>\\d{4}))?`, 'gi'), dateOf],
  [new RegExp(`(?<!\\d)(?<d>\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}\\b(?:,? (?<y>\\d{4}))?`, 'gi'), dateOf],
  [
    new RegExp(
      `(?:(?<before>${ZONE}) ?)?${HALF}? ?(?<!(?:UTC|GMT) ?[+-]|[\\d:.])(?<h>\\d{1,2})(?::(?<min>\\d\\d)(?::(?<s>\\d\\d))?(?![\\d:])| ?[点时](?!间)(?:(?<half>半)|(?<minutes>\\d\\d?)分?)?|(?= ?[ap]\\.?m\\b))(?: ?${SUFFIX})?(?: ?[(（]?(?<zone>${ZONE}))?`,
      'gi',
    ),
    timeOf,
  ],
  [new RegExp(`(?<zone>${ZONE})`, 'g'), ({ zone = '' }) => [{ kind: 'time', value: `@${zoneOf(zone)}` }]],
  [
    new RegExp(`(?<![\\w.:/-])(?:(?<from>${NUMBER}) ?${RANGE} ?)?(?<n>${NUMBER})[ -]?${UNIT}(?![a-z0-9])`, 'gi'),
    ({ from, n = '', unit = '' }) => [from, n].flatMap((number) => (number ? [quantity(number, unit)] : [])),
  ],
  [
    new RegExp(`(?<!(?:once|twice|times|per|each|every) )\\b(?<n>half an|an?|one|two) ${UNIT}\\b`, 'gi'),
    ({ n = '', unit = '' }) => [quantity(ARTICLES[n.toLowerCase()] ?? '1', unit)],
  ],
  [
    /(?<![\w.,/:+*=#-])(?<n>\d[\d,]{0,15}(?:\.\d{1,9})?)(?![\w.:/+*=#-]{0,99}\w)/g,
    ({ n = '' }) => [{ kind: 'number', value: plain(n), implies: [`=${plain(n)}`] }],
  ],
  [/(?<word>(?:~?\/)?[\p{L}\p{N}_](?:[\w.:/+*=#-]*\w)?(?:\.\p{L}{2,})*)/gu, wordOf],
];

function dateOf({ y, m, month = '', d }: Record<string, string | undefined>): Found[] {
  const day = [m ? Number(m) : MONTHS.indexOf(month.toLowerCase()) + 1, ...(d ? [Number(d)] : [])].join('-');
  return [{ kind: 'date', value: y ? `${y}-${day}` : day, implies: y ? [day, y, `${y}-${day.split('-')[0]}`] : [] }];
}

const zoneOf = (zone: string): string => {
  const [, sign, hours, minutes = ''] = /^(?:UTC|GMT) ?([+-])0?(\d{1,2})(?::?(\d\d))?$/i.exec(zone) ?? [];
  if (hours) return `${sign}${hours}${minutes === '00' ? '' : minutes}`.replace(/^[+-]0$/, '+0');
  if (/^(?:UTC|GMT|Z)$/i.test(zone)) return '+0';
  return (
    ZONES.find(([name, pattern]) => name && new RegExp(`^(?:${pattern})$`, 'i').test(zone))?.[0] || zone.toLowerCase()
  );
};

/** A time on the 24-hour clock. Its source may also be repeated as it is written: `8:45 PM PDT` as 8:45. */
function timeOf(groups: Record<string, string | undefined>): Found[] {
  const { h, half, min, minutes = '0', s, before, zone = before } = groups;
  const written = Number(h);
  const period = periodOf(groups);
  const hour = period === '' ? written : (written % 12) + (period === 'pm' ? 12 : 0);
  const minute = `:${half ? '30' : (min ?? minutes).padStart(2, '0')}`;
  const exact = s && s !== '00' ? `${minute}:${s}` : minute;
  const mornings = period === 'pm' || hour > 12 ? [] : [`${hour}${minute}am`, `${hour}${exact}am`];
  const clocks = [hour, written].flatMap((one) => [`${one}${minute}`, `${one}${exact}`]).concat(mornings);
  const zones = zone ? [`@${zoneOf(zone)}`] : [];
  const clock = `${hour}${exact}${period === 'am' ? period : ''}`;
  const implies = [...zones, ...clocks.flatMap((one) => [one, `${one}${zones[0] ?? '@?'}`])];
  return [{ kind: 'time', value: `${clock}${zones.join('')}`, implies, alternatives: [[`${clock}@?`, ...zones]] }];
}

function periodOf({ am, a, pm, p }: Record<string, string | undefined>): 'am' | 'pm' | '' {
  if (am ?? a) return 'am';
  return (pm ?? p) ? 'pm' : '';
}

const plain = (number: string): string => number.replace(/,/g, '').replace(/\.0+$/, '');

/** A size or a share may be given to a number that has no unit in the source; a time may not. */
function quantity(number: string, unit: string): Found {
  const count = plain(number);
  const [name] = unitsOf.find(([, pattern]) => pattern.test(unit)) ?? [];
  const implies = [count];
  if (unit === '年' && count.length === 4) return { kind: 'date', value: count };
  if (name) return { kind: 'duration', value: `${count} ${name}`, implies };
  return { kind: 'number', value: `${count} ${unit.toLowerCase()}`, implies, alternatives: [[`=${count}`]] };
}

/** Whatever has a digit, a dot, an underscore or a slash in it. Its parts are known, too, but for those of an ARN. */
function wordOf({ word = '' }: Record<string, string | undefined>): Found[] {
  const value = word.toLowerCase();
  if (/^\d[\d,]*(?:\.\d+)?$/.test(value))
    return [{ kind: 'number', value: plain(value), implies: [`=${plain(value)}`] }];
  if (!/\d|\w_\w|^[~/]|\p{L}\.\p{L}/u.test(value) || EVERYDAY.test(value)) return [];
  const parts = value.split(/[:/,=+*#]|(?<=\d)-(?=\d)/).filter((part) => part !== '');
  const inner = parts.flatMap((part) => [
    part,
    ...part.split(/[-_]/).filter((piece) => /[a-z]/.test(piece) && /\d/.test(piece)),
  ]);
  const isWhole = value.startsWith('arn:') || parts.length < 2;
  const needed = parts.filter((part) => /\d/.test(part)).map(plain);
  return [{ kind: 'identifier', value, implies: inner.map(plain), alternatives: isWhole ? [] : [needed] }];
}

/** Names that every reader knows, with a digit in them. */
const EVERYDAY = /^(?:ec2|s3|ipv[46])$/;

/** The facts of a normalised text, in the order of the rules that find them. */
export function factsIn(text: string): SourceFact[] {
  const facts: SourceFact[] = [];
  let left = text;
  for (const [pattern, toFacts] of RULES)
    left = left.replace(pattern, (...match) => {
      const [whole, groups, at] = [String(match[0]), Object(match.at(-1)), Number(match.at(-3))];
      const found = toFacts(groups);
      facts.push(...found.map((fact) => ({ implies: [], alternatives: [], ...fact, at, end: at + whole.length })));
      return found.length ? ' '.repeat(whole.length) : whole;
    });
  return facts;
}
