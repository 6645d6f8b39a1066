import { type Json, objectsAt, textAt } from '../json';

interface Shape {
  /** The first required field that is not there. */
  missing(content: Json): string | undefined;
  /** Where a keyword is looked for. */
  words(content: unknown): string;
}

/** Message types of a custom robot and what each must hold: open platform page "robot message type". */
const SHAPES: Record<string, Shape> = {
  text: needs('content'),
  markdown: needs('title', 'text'),
  link: needs('title', 'text', 'messageUrl'),
  actionCard: { missing: missingInCard, words: (content) => textAt(content, 'text') },
  feedCard: {
    missing: (content) => (objectsAt(content, 'links').length ? undefined : 'links'),
    words: (content) =>
      objectsAt(content, 'links')
        .map((link) => textAt(link, 'title'))
        .join('\n'),
  },
};

export function shapeOf(msgtype: string): Shape | undefined {
  return Object.hasOwn(SHAPES, msgtype) ? SHAPES[msgtype] : undefined;
}

function needs(...fields: string[]): Shape {
  return {
    missing: (content) => fields.find((field) => !textAt(content, field)),
    words: (content) => textAt(content, 'content') || textAt(content, 'text'),
  };
}

/** One button by `singleTitle` and `singleURL`, or several by `btns`; with the first, the second is ignored. */
function missingInCard(card: Json): string | undefined {
  const absent = ['title', 'text'].find((field) => !textAt(card, field));
  if (absent) return absent;
  if (textAt(card, 'singleTitle')) return textAt(card, 'singleURL') ? undefined : 'singleURL';
  const buttons = objectsAt(card, 'btns');
  if (buttons.length === 0) return 'btns';
  return ['title', 'actionURL'].find((field) => buttons.some((button) => !textAt(button, field)));
}
