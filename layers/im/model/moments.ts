/** A day, a time of day, or both, as some text names them. Zones are read apart. */
export interface Moment {
  /** `9-30`, and the year where it is named. */
  day?: string;
  year?: string;
  /** `02:00`, of 24 hours. */
  clock?: string;
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
const CLOCKS: readonly RegExp[] = [
  /(上午|下午|晚上|凌晨|中午|早上|傍晚)? ?(?<![\d:])(\d{1,2}):(\d\d)(?::\d\d)?(?:\.\d+)?(?!\d)(?: ?([ap])\.?m\b\.?)?/gi,
  /(上午|下午|晚上|凌晨|中午|早上|傍晚)? ?(?<![\d:])(\d{1,2}) ?(?:点|时(?!间))(?: ?(\d{1,2}) ?分)?(半)?/g,
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
    [...rest.matchAll(form)].map((match) => ({ ...placeOf(match), clock: clockOf(match) })),
  );
  return [...apart(days), ...apart(clocks)].sort((one, other) => one.at - other.at);
}

/** The text with spaces where these stand. */
export function blanked(text: string, places: readonly Pick<Moment, 'at' | 'end'>[]): string {
  let left = text;
  for (const { at, end } of places) left = left.slice(0, at) + ' '.repeat(end - at) + left.slice(end);
  return left;
}

const placeOf = (match: RegExpMatchArray) => {
  const at = match.index ?? 0;
  return { at, end: at + match[0].length };
};

const monthOf = (named: string): number => {
  const month = MONTHS.indexOf(named.slice(0, 3).toLowerCase());
  return month < 0 ? Number(named) : month + 1;
};

function clockOf([, chinese = '', hour = '', minute = '', mark = '']: RegExpMatchArray): string {
  const isLate = /下午|晚上|傍晚/.test(chinese) || /p/i.test(mark) || (chinese === '中午' && Number(hour) < 3);
  const isMidnight = (chinese === '凌晨' || /a/i.test(mark)) && Number(hour) === 12;
  const late = isLate && Number(hour) < 12 ? Number(hour) + 12 : Number(hour);
  return `${String(isMidnight ? 0 : late).padStart(2, '0')}:${mark === '半' ? '30' : minute.padStart(2, '0')}`;
}

/** Where two readings overlap, the first that was tried. */
function apart<Placed extends Moment>(found: readonly Placed[]): Placed[] {
  return found.filter((one, index) => !found.slice(0, index).some((other) => one.at < other.end && other.at < one.end));
}
