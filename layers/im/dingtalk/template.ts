import type { Payload } from '../channel';
import { listAt, textAt } from './fields';

/** A message for the OpenAPI, which knows the same messages under other names ("robot-message-type"). */
export interface Template {
  msgKey: string;
  /** JSON in a text. */
  msgParam: string;
}

const TEMPLATES: Readonly<Record<string, (message: unknown) => [key: string, param: Payload]>> = {
  text: (message) => ['sampleText', { content: textAt(message, 'content') }],
  markdown: (message) => ['sampleMarkdown', pick(message, 'title', 'text')],
  actionCard: (message) =>
    listAt(message, 'btns').length
      ? [
          `sampleActionCard${listAt(message, 'btns').length}`,
          { ...pick(message, 'title', 'text'), ...numbered(message) },
        ]
      : ['sampleActionCard', pick(message, 'title', 'text', 'singleTitle', 'singleURL')],
};

/** The same message in the words of the OpenAPI; whom `at` calls is lost, because there nobody can be called. */
export function templateOf(payload: Payload): Template {
  const kind = String(payload.msgtype);
  const [msgKey, param] = TEMPLATES[kind]?.(payload[kind]) ?? ['sampleText', { content: '' }];
  return { msgKey, msgParam: JSON.stringify(param) };
}

function pick(message: unknown, ...names: string[]): Payload {
  return Object.fromEntries(names.map((name) => [name, textAt(message, name)]));
}

/** Two to five buttons, one below the other. */
function numbered(message: unknown): Payload {
  const buttons = listAt(message, 'btns').flatMap((button, at) => [
    [`actionTitle${at + 1}`, textAt(button, 'title')],
    [`actionURL${at + 1}`, textAt(button, 'actionURL')],
  ]);
  return Object.fromEntries(buttons);
}
