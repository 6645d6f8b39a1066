import { emojiOf, type MessageView, type Tone, toneOf } from '../message-view';
import { platformNamed } from '../platforms';
import { truncate, widthOf, wrap } from './text-width';

/** SGR colours: red, yellow, green, blue, none. */
const SGR: Record<Tone, string> = { critical: '31', warning: '33', good: '32', info: '34', plain: '39' };

/** A platform's name in both languages. */
export function platformTitle(platform: string): string {
  const { zh, en } = platformNamed(platform).name;
  return zh === en ? en : `${zh} ${en}`;
}

/**
 * A message of a platform as a framed card.
 * @param width columns of the whole frame, at least 24.
 * @param isColoured frame and title in the colour of the mark, by ANSI codes.
 */
export function drawMessage(
  { platform }: { platform: string },
  { view }: { view: MessageView },
  width: number,
  isColoured = false,
): string {
  return drawFrame(platformTitle(platform), view, width, isColoured);
}

/** The same with any title of the frame, truncated if it is too long. */
export function drawFrame(title: string, view: MessageView, width: number, isColoured = false): string {
  const { mark, lines, mentions } = view;
  const colour = SGR[toneOf(mark)];
  const paint = (text: string, bold = '') => (isColoured ? `\x1b[${bold}${colour}m${text}\x1b[0m` : text);
  const inner = Math.max(24, width) - 4;
  const shown = truncate(harmless(title), inner - 1);

  const row = (text: string, show: (text: string) => string = (same) => same) =>
    `${paint('│')} ${show(text)}${' '.repeat(Math.max(0, inner - widthOf(text)))} ${paint('│')}`;
  const heading = [emojiOf(mark), view.title].filter(Boolean).join(' ');
  const body = [...lines, ...(mentions.length ? [`🔔 ${mentions.join(' ')}`] : [])];

  return [
    paint(`╭─ ${shown} ${'─'.repeat(Math.max(0, inner - widthOf(shown) - 1))}╮`),
    ...(heading ? wrap(harmless(heading), inner).map((line) => row(line, (text) => paint(text, '1;'))) : []),
    ...body.flatMap((line) => wrap(harmless(line), inner)).map((line) => row(line)),
    paint(`╰${'─'.repeat(inner + 2)}╯`),
  ].join('\n');
}

/** Removes escape codes that could control the terminal. */
function harmless(text: string): string {
  return text.replace(/\t/g, '  ').replace(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, '');
}
