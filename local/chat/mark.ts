export type Tone = 'critical' | 'warning' | 'good' | 'info' | 'plain';

const TONES: Record<string, Tone> = {
  ...tone('critical', '🔴', '🚨', '❌', '🛑', '🔥', '⛔', 'red', 'carmine', 'Attention', 'danger'),
  ...tone('warning', '🟠', '🟡', '⚠️', '⚠', 'orange', 'yellow', 'Warning', 'warning'),
  ...tone('good', '🟢', '✅', 'green', 'turquoise', 'Good', 'good'),
  ...tone('info', '🔵', 'ℹ️', 'ℹ', '💡', 'blue', 'wathet', 'indigo', 'Accent'),
};

function tone(name: Tone, ...marks: string[]): Record<string, Tone> {
  return Object.fromEntries(marks.map((mark) => [mark, name]));
}

/** The colour family of a mark, whichever way the platform wrote it: emoji, colour name or `#rrggbb`. */
export function toneOf(mark: string): Tone {
  return TONES[mark] ?? (/^#[\da-f]{6}$/i.test(mark) ? hueOf(mark) : 'plain');
}

const EMOJI: Record<Tone, string> = { critical: '🔴', warning: '🟠', good: '🟢', info: '🔵', plain: '' };

/** A mark as an emoji, for where there are no colours; empty for a colour that says nothing. */
export function emojiOf(mark: string): string {
  return EMOJI[toneOf(mark)] || (/^\p{Extended_Pictographic}/u.test(mark) ? mark : '');
}

function hueOf(hex: string): Tone {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 30) return 'plain';
  if (red >= green && red >= blue) return green > (red + blue) / 2.5 ? 'warning' : 'critical';
  return green >= blue ? 'good' : 'info';
}

/** Takes the emoji off the front of a title: that is how a platform without colours shows how bad it is. */
export function splitMark(title: string): { mark: string; title: string } {
  const [, mark = '', rest = title] = title.match(/^\s*(\p{Extended_Pictographic}\uFE0F?)\s*(.*)$/su) ?? [];
  return { mark, title: mark ? rest : title };
}
