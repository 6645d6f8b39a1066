/** A day, a time of day, or both, as some text names them. Zones are read apart. */
export interface Moment {
  /** `9-30`, and the year where it is named. */
  day?: string;
  year?: string;
  /** `02:00`, of 24 hours. */
  clock?: string;
  /** Whether it says which half of the day is meant; a time that goes on past twelve does. */
  hasHalf?: boolean;
  /** Where it stands in the text: from, and up to. */
  at: number;
  end: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAME = '(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\\.?';

/** Ways to write a day, each with the groups that its year, month and day stand in. */
const DAYS: readonly { form: RegExp; year: number; month: number; day: number }[] = [
  { form: /(?<![\d.-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g, year: 1, month: 2, day: 3 },
  { form: /(?:(\d{4}) ?年 ?)?(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]/g, year: 1, month: 2, day: 3 },
  {
    form: new RegExp(`\\b${NAME} (\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,? (\\d{4}))?`, 'gi'),
    year: 3,
    month: 1,
    day: 2,
  },
  {
    form: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${NAME}(?:,? (\\d{4}))?`, 'gi'),
    year: 3,
    month: 2,
    day: 1,
  },
];

/** Groups: half of the day, hour, minute, half of the day. */
const HALF = '(上午|下午|中午|午后|傍晚|凌晨|清晨|早晨|深夜|夜里|[早晚]上?|[晚夜]间)';
const CLOCKS: readonly RegExp[] = [
  new RegExp(`${HALF}? ?(?<![\\d:])(\\d{1,2}):(\\d\\d)(?::\\d\\d)?(?:\\.\\d+)?(?!\\d)(?: ?([ap])\\.?m\\b\\.?)?`, 'gi'),
  new RegExp(
    `${HALF}? ?(?<![\\d:.])(\\d{1,2}) ?(?:点钟?|时(?!间))(?: ?(\\d{1,2}(?= ?分)|\\d\\d(?![\\d个台条次])) ?分?)?(半)?`,
    'g',
  ),
  new RegExp(
    `${HALF}? ?(?<![\\d:.-])(\\d{1,2})(?= ?(?:[-–~至到]|to|and) ?\\d{1,2}(?::\\d\\d)? ?(?:[ap]\\.?m\\b|点))`,
    'gi',
  ),
  /()(?<![\d:])\b(\d{1,2})() ?([ap])\.?m\b\.?/gi,
];

/** Every day and time of day in a text, in their order. @param text as `NFKC` leaves it, so that its digits are ASCII's */
export function momentsIn(text: string): Moment[] {
  const days = DAYS.flatMap(({ form, year, month, day }) =>
    [...text.matchAll(form)].map((match) => ({
      ...placeOf(match),
      day: `${monthOf(match[month] ?? '')}-${Number(match[day])}`,
      ...(match[year] && { year: match[year] }),
    })),
  );
  const rest = blanked(text, days);
  const clocks = CLOCKS.flatMap((form) =>
    [...rest.matchAll(form)].map((match) => ({ ...placeOf(match), ...clockOf(match) })),
  );
  return [...apart(days), ...apart(clocks)].sort((one, other) => one.at - other.at);
}

/** The text with spaces where these stand. */
export function blanked(text: string, places: readonly Pick<Moment, 'at' | 'end'>[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { at, end } of [...places].sort((one, other) => one.at - other.at)) {
    if (end <= done) continue;
    const from = Math.max(at, done);
    parts.push(text.slice(done, from), ' '.repeat(end - from));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

const placeOf = (match: RegExpMatchArray) => {
  const at = match.index ?? 0;
  return { at, end: at + match[0].length };
};

const monthOf = (named: string): number => {
  const month = MONTHS.indexOf(named.slice(0, 3).toLowerCase());
  return month < 0 ? Number(named) : month + 1;
};

/** What a half of the day makes of twelve, and to which hours it adds twelve. */
const HALVES: readonly (readonly [half: RegExp, twelve: number, from: number, to: number])[] = [
  [/下午|午后|傍晚|p/i, 12, 1, 11],
  [/中午/, 12, 1, 3],
  [/晚|夜/, 0, 5, 11],
  [/凌晨|a/i, 0, 12, 0],
];

function clockOf([, chinese = '', hour = '', minute = '', mark = '']: RegExpMatchArray): Pick<
  Moment,
  'clock' | 'hasHalf'
> {
  const half = chinese + mark.replace('半', '');
  const [, twelve = 12, from = 12, to = 0] = HALVES.find(([pattern]) => pattern.test(half)) ?? [];
  const given = Number(hour);
  const hours = given === 12 ? twelve : given + (given >= from && given <= to ? 12 : 0);
  const minutes = mark === '半' ? '30' : minute.padStart(2, '0');
  return { clock: `${String(hours).padStart(2, '0')}:${minutes}`, hasHalf: half !== '' || given > 12 };
}

/** Where two readings overlap, the first that was tried. */
function apart<Placed extends Moment>(found: readonly Placed[]): Placed[] {
  const taken = new Set<number>();
  return found.filter(({ at, end }) => {
    const places = Array.from({ length: end - at }, (_, index) => at + index);
    const isFree = places.every((place) => !taken.has(place));
    if (isFree) for (const place of places) taken.add(place);
    return isFree;
  });
}
