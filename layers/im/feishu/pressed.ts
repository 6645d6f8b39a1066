import type { Conversation } from '../chat-app';
import { inside, isObject, parseObject, textInside } from './inside';

/** What pressing a control brings back. A callback does not say whether its chat is a direct one, so the control does. */
export interface Pressed {
  command: string;
  chat: Conversation['kind'];
}

const NAME = /^(direct|group)_((?:[0-9a-f]{2})+)$/;

/** The same in a component's `name`, for the submit button of a form: documents disagree whether that may carry a value. */
export function nameOf({ command, chat }: Pressed): string {
  return `${chat}_${Buffer.from(command).toString('hex')}`;
}

/** What was pressed, out of a callback's `action`; undefined where it is no control of ours. */
export function pressedIn(action: unknown): Pressed | undefined {
  const value = inside(action, 'value');
  const ours = typeof value === 'string' ? parseObject(value) : value;
  const command = textInside(ours, 'command');
  if (command) return { command, chat: textInside(ours, 'chat') === 'direct' ? 'direct' : 'group' };
  const [, chat, hex] = NAME.exec(textInside(action, 'name')) ?? [];
  return hex
    ? { command: Buffer.from(hex, 'hex').toString('utf8'), chat: chat === 'direct' ? 'direct' : 'group' }
    : undefined;
}

/** What was filled in, by the names of the fields; of several choices all, with commas. */
export function fieldsIn(action: unknown): Record<string, string> | undefined {
  const form = inside(action, 'form_value');
  if (!isObject(form)) return undefined;
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(', ') : value;
      return typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}
