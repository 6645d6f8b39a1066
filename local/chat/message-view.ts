export interface LocalizedText {
  readonly zh: string;
  readonly en: string;
}

/** A message as a person sees it in the chat, read from the payload that the platform received. */
export interface MessageView {
  title: string;
  /** Emoji or colour name that shows the severity; empty if there is none. */
  mark: string;
  /**
   * The body, line by line, with the platform's markup applied: bold as plain text, links and buttons as `label <url>`,
   * a list item as `• item`, a quoted line as `│ line`.
   */
  lines: string[];
  /** Everyone it notifies, as the chat shows it: `@13800000000`, `@all`, ... */
  mentions: string[];
}

export function plainView(text: string): MessageView {
  return { title: '', mark: '', lines: text.split('\n'), mentions: [] };
}

export type Tone = 'critical' | 'warning' | 'good' | 'info' | 'plain';

const MARKS: Readonly<Record<Exclude<Tone, 'plain'>, readonly string[]>> = {
  critical: ['🔴', '🚨', '❌', '🛑', '🔥', '⛔', 'red', 'carmine', 'Attention', 'danger'],
  warning: ['🟠', '🟡', '⚠️', '⚠', 'orange', 'yellow', 'Warning', 'warning'],
  good: ['🟢', '✅', 'green', 'turquoise', 'Good', 'good'],
  info: ['🔵', 'ℹ️', 'ℹ', '💡', 'blue', 'wathet', 'indigo', 'Accent'],
};
const TONES = new Map(
  Object.entries(MARKS).flatMap(([tone, marks]) => marks.map((mark) => [mark, tone as Tone] as const)),
);
const EMOJI: Readonly<Record<Tone, string>> = { critical: '🔴', warning: '🟠', good: '🟢', info: '🔵', plain: '' };

/** The colour family of a mark: of an emoji, a colour name or `#rrggbb`. */
export function toneOf(mark: string): Tone {
  return TONES.get(mark) ?? (/^#[\da-f]{6}$/i.test(mark) ? toneOfHex(mark) : 'plain');
}

function toneOfHex(hex: string): Tone {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 30) return 'plain';
  if (red >= green && red >= blue) return green > (red + blue) / 2.5 ? 'warning' : 'critical';
  return green >= blue ? 'good' : 'info';
}

/** A mark as an emoji, for output without colours; empty for a colour without a meaning. */
export function emojiOf(mark: string): string {
  return EMOJI[toneOf(mark)] || (/^\p{Extended_Pictographic}/u.test(mark) ? mark : '');
}

/** Splits the emoji off the front of a title: it shows the severity on a platform without colours. */
export function splitMark(title: string): { mark: string; title: string } {
  const [, mark = '', rest = title] = title.match(/^\s*(\p{Extended_Pictographic}\uFE0F?)\s*(.*)$/su) ?? [];
  return { mark, title: mark ? rest : title };
}
