import type { Message, PlatformName, Room } from './chats';
import { emojiOf, type Tone, toneOf } from './mark';
import type { MessageView } from './message-view';
import { PLATFORMS } from './platforms';
import { cut, widthOf, wrap } from './width';

/** SGR colours: red, yellow, green, blue, none. */
const COLOUR: Record<Tone, string> = { critical: '31', warning: '33', good: '32', info: '34', plain: '39' };

/**
 * A message as a framed card for the terminal.
 * @param width columns of the whole box, at least 24.
 * @param colour frame and title in the colour of its mark, by ANSI codes.
 */
export function drawMessage(
  room: Pick<Room, 'platform'>,
  message: Pick<Message, 'view'>,
  width: number,
  colour = false,
): string {
  return drawFrame(nameOf(room.platform), message.view, width, colour);
}

/** What a platform is called, in both languages. */
export function nameOf(platform: PlatformName): string {
  const { zh, en } = PLATFORMS[platform].name;
  return zh === en ? en : `${zh} ${en}`;
}

/** The same of anything that is seen in a chat. @param name of the chat, for the frame; cut where it is too long. */
export function drawFrame(
  name: string,
  { mark, title, lines, mentions }: MessageView,
  width: number,
  colour = false,
): string {
  const tone = toneOf(mark);
  const paint = colour
    ? (text: string, bold = '') => `\x1b[${bold}${COLOUR[tone]}m${text}\x1b[0m`
    : (text: string) => text;
  const inner = Math.max(24, width) - 4;
  const shown = cut(harmless(name), inner - 1);

  const row = (text: string, show: (text: string) => string = (same) => same) =>
    `${paint('│')} ${show(text)}${' '.repeat(Math.max(0, inner - widthOf(text)))} ${paint('│')}`;
  const heading = [emojiOf(mark), title].filter(Boolean).join(' ');
  const body = [...lines, ...(mentions.length ? [`🔔 ${mentions.join(' ')}`] : [])];

  return [
    paint(`╭─ ${shown} ${'─'.repeat(Math.max(0, inner - widthOf(shown) - 1))}╮`),
    ...(heading ? wrap(harmless(heading), inner).map((line) => row(line, (text) => paint(text, '1;'))) : []),
    ...body.flatMap((line) => wrap(harmless(line), inner)).map((line) => row(line)),
    paint(`╰${'─'.repeat(inner + 2)}╯`),
  ].join('\n');
}

/** A message may hold escape codes that would drive the reader's terminal. */
function harmless(text: string): string {
  return text.replace(/\t/g, '  ').replace(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, '');
}
