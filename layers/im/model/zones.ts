/** A time zone that a text names. */
export interface Zone {
  /** Minutes east of UTC; several where the name is used for several. */
  minutes: readonly number[];
  /** Where it stands in the text: from, and up to. */
  at: number;
  end: number;
}

const OFFSET = /\b(?:UTC|GMT) ?([+-])(\d{1,2})(?::?(\d\d))?(?![\d])|(?<=\d)([+-])(\d\d):?(\d\d)\b(?!-)/g;

/** Names of zones in AWS's texts, and in those of models that translate them. */
const NAMES: readonly (readonly [name: RegExp, minutes: readonly number[]])[] = [
  [
    /\b(?:UTC|utc|GMT)\b(?! ?[+-]\d)|(?<=\d)Z\b|[Cc]oordinated [Uu]niversal [Tt]ime|协调世界时|世界标准时间?|格林威治/g,
    [0],
  ],
  [/\bPST\b|Pacific Standard Time|太平洋标准时间?/g, [-480]],
  [/\bPDT\b|Pacific Daylight Time|太平洋夏令时间?/g, [-420]],
  [/\bPT\b|Pacific [Tt]ime|太平洋时间|美西时间/g, [-480, -420]],
  [/\bEST\b|Eastern Standard Time|美国?东部标准时间?/g, [-300]],
  [/\bEDT\b|Eastern Daylight Time|美国?东部夏令时间?/g, [-240]],
  [/\bET\b|Eastern [Tt]ime|美国?东部时间|美东时间/g, [-300, -240]],
  [/\bCET\b|Central European Time|欧洲中部(?:标准)?时间/g, [60]],
  [/\bCEST\b|Central European Summer Time|欧洲中部夏令时间?/g, [120]],
  [/\bJST\b|Japan (?:Standard )?[Tt]ime|(?:日本|东京)时间/g, [540]],
  [/\bSGT\b|Singapore (?:Standard )?[Tt]ime|新加坡时间/g, [480]],
  [/\b(?:Beijing|China(?: Standard)?) [Tt]ime|(?:北京|中国标准)时间/g, [480]],
  [/\bCST\b/g, [480, -360]],
  [/\bIST\b/g, [330]],
];

/** @param text as `NFKC` leaves it */
export function zonesIn(text: string): Zone[] {
  const offsets = [...text.matchAll(OFFSET)]
    .filter(isOffset)
    .map((match) => ({ ...placeOf(match), minutes: [minutesOf(match)] }));
  const named = NAMES.flatMap(([name, minutes]) =>
    [...text.matchAll(name)].map((match) => ({ ...placeOf(match), minutes })),
  );
  return [...offsets, ...named].sort((one, other) => one.at - other.at);
}

export const isSameZone = (one: readonly number[], other: readonly number[]): boolean =>
  one.some((minutes) => other.includes(minutes));

/** `2026-0930` is no offset, and `07:12-07:58` a span: without UTC before it one follows seconds, or ISO 8601's `T`. */
const isOffset = (match: RegExpExecArray): boolean =>
  match[1] !== undefined ||
  /(?:\d:\d\d:\d\d(?:\.\d+)?|T\d\d:\d\d)$/.test(match.input.slice(Math.max(0, match.index - 16), match.index));

const minutesOf = ([, sign, hours, minutes = '0', bare, bareHours, bareMinutes]: RegExpExecArray): number => {
  const size = Number(hours ?? bareHours) * 60 + Number(hours === undefined ? bareMinutes : minutes);
  return (sign ?? bare) === '-' && size ? -size : size;
};

const placeOf = ({ index, 0: { length } }: RegExpExecArray) => ({ at: index, end: index + length });
