import type { ChatMessage } from '../chat-app';
import { inside, isId, textInside } from './inside';
import type { Event, Nothing } from './message';
import { fieldsIn, pressedIn } from './pressed';

/** Reads card.action.trigger: page "卡片回传交互回调" of open.feishu.cn. A press has no id of its own but the event's; it is not delivered again. */
export function readPress({ event, id, tenant, sentAt }: Event): ChatMessage | Nothing {
  const home = textInside(event, 'operator', 'tenant_key');
  if (home !== tenant) return { reason: 'pressed by somebody of another organisation' };
  const [who, chat] = [textInside(event, 'operator', 'open_id'), textInside(event, 'context', 'open_chat_id')];
  if (![id, who, chat].every(isId)) return { reason: 'a press without ids' };
  const action = inside(event, 'action');
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
