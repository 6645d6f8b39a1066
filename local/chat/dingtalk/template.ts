import { type Json, objectsAt, textAt } from '../json';

/** A message of the OpenAPI as a webhook would have it; or the code of what it lacks. */
type Reading = { message: Json } | { lacking: string };

/** "robot-message-type", as far as our bot goes; the codes are those of "the-robot-sends-a-group-message". */
const TEMPLATES: Readonly<Record<string, (param: Json) => Json>> = {
  sampleText: ({ content }) => ({ msgtype: 'text', text: { content } }),
  sampleMarkdown: ({ title, text }) => ({ msgtype: 'markdown', markdown: { title, text } }),
  sampleActionCard: ({ title, text, singleTitle, singleURL }) => ({
    msgtype: 'actionCard',
    actionCard: { title, text, singleTitle, singleURL },
  }),
  sampleActionCard2: (param) => numbered(param, 2),
  sampleActionCard3: (param) => numbered(param, 3),
  sampleActionCard4: (param) => numbered(param, 4),
  sampleActionCard5: (param) => numbered(param, 5),
  sampleImageMsg: ({ photoURL }) => ({ msgtype: 'image', image: { photoURL } }),
  sampleFile: (file) => ({ msgtype: 'file', file }),
};
/** What `sampleFile` can be; in logs of 2026 other kinds go through, and cannot be opened on a phone. */
const FILE_TYPES = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

const REQUIRED: Readonly<Record<string, readonly (readonly [field: string, code: string])[]>> = {
  text: [['content', 'miss.param.contentOfText']],
  markdown: [
    ['title', 'miss.param.markdownTotitle'],
    ['text', 'miss.param.markdownTotext'],
  ],
  actionCard: [
    ['title', 'miss.param.actionCardTotitle'],
    ['text', 'miss.param.actionCardTotext'],
  ],
  image: [['photoURL', 'miss.param.photoTophotoUrl']],
  file: [
    ['mediaId', 'miss.param.file'],
    ['fileName', 'miss.param.file'],
    ['fileType', 'miss.param.file'],
  ],
};
const REQUIRED_OF_BUTTONS = [
  ['title', 'miss.param.actionCardTobtnsTotitle'],
  ['actionURL', 'miss.param.actionCardTobtnsToactionUrl'],
] as const;
const REQUIRED_OF_ONE = [
  ['singleTitle', 'miss.param.actionCardTosingleTitle'],
  ['singleURL', 'miss.param.actionCardTosingleUrl'],
] as const;

export function isTemplate(msgKey: string): boolean {
  return Object.hasOwn(TEMPLATES, msgKey);
}

/** Reads `msgParam` by the rules of its `msgKey`. */
export function readTemplate(msgKey: string, param: Json): Reading {
  const message = TEMPLATES[msgKey]?.(param) ?? {};
  const kind = textAt(message, 'msgtype');
  const lacking =
    missing(message[kind], REQUIRED[kind] ?? []) ??
    missingInButtons(kind, message.actionCard) ??
    unsupported(kind, message.file);
  return lacking ? { lacking } : { message };
}

function missingInButtons(kind: string, card: unknown): string | undefined {
  if (kind !== 'actionCard') return undefined;
  const buttons = objectsAt(card, 'btns');
  if (buttons.length === 0) return missing(card, REQUIRED_OF_ONE);
  return buttons.map((button) => missing(button, REQUIRED_OF_BUTTONS)).find((code) => code !== undefined);
}

/** Which code this has is in no document. */
function unsupported(kind: string, file: unknown): string | undefined {
  return kind !== 'file' || FILE_TYPES.includes(textAt(file, 'fileType'))
    ? undefined
    : 'invalidParameter.msg.unsupport';
}

function missing(content: unknown, required: readonly (readonly [field: string, code: string])[]): string | undefined {
  return required.find(([field]) => !textAt(content, field))?.[1];
}

function numbered(param: Json, count: number): Json {
  const btns = Array.from({ length: count }, (_, at) => ({
    title: param[`actionTitle${at + 1}`],
    actionURL: param[`actionURL${at + 1}`],
  }));
  return { msgtype: 'actionCard', actionCard: { title: param.title, text: param.text, btns } };
}
