import { createHash } from 'node:crypto';
import type { ChatMessage } from '../chat-app';
import { inside, isId, textInside } from './inside';
import type { Event, Nothing } from './message';
import type { Opened } from './open-callback';
import { fieldsIn, pressedIn } from './pressed';

type OldPress = Extract<Opened, { kind: 'old press' }>;

/** Who pressed what, where and when. */
interface Press {
  id: string;
  sentAt: number;
  who: string;
  chat: string;
  action: unknown;
}

/** Reads card.action.trigger: page "卡片回传交互回调" of open.feishu.cn. A press has no id of its own but the event's; it is not delivered again. */
export function readPress({ event, id, tenant, sentAt }: Event): ChatMessage | Nothing {
  const home = textInside(event, 'operator', 'tenant_key');
  if (home !== tenant) return { reason: 'pressed by somebody of another organisation' };
  return toMessage({
    id,
    sentAt,
    who: textInside(event, 'operator', 'open_id'),
    chat: textInside(event, 'context', 'open_chat_id'),
    action: inside(event, 'action'),
  });
}

/** Reads the old card callback, which has no id: its whole body stands for it, in which message, update token, person and action are. */
export function readOldPress({ event, sentAt }: OldPress, body: Buffer): ChatMessage | Nothing {
  return toMessage({
    id: `press_${createHash('sha256').update(body).digest('hex')}`,
    sentAt,
    who: textInside(event, 'open_id'),
    chat: textInside(event, 'open_chat_id'),
    action: inside(event, 'action'),
  });
}

function toMessage({ id, sentAt, who, chat, action }: Press): ChatMessage | Nothing {
  if (![id, who, chat].every(isId)) return { reason: 'a press without ids' };
  const pressed = pressedIn(action);
  if (!pressed) return { reason: 'a press of a control that is not ours' };
  const fields = fieldsIn(action);
  return {
    id,
    platform: 'feishu',
    conversation: { id: chat, ...(pressed.chat === 'direct' ? { kind: 'direct', userId: who } : { kind: 'group' }) },
    sender: { id: who },
    text: pressed.command,
    ...(fields && { fields }),
    isForBot: true,
    sentAt,
  };
}
