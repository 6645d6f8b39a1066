import type { Callback, Conversation } from '../chat-app';
import { isRoot, isSubmit } from './actions';
import { checkApp, type Home, isStrangersPress } from './author';
import { at, isObject, type Json, objectsAt, textAt } from './json';
import { answerable, conversationIn, DONE, ignored, isBy, PLATFORM, time } from './message';

/**
 * Reads what a person pressed: "block_actions payload" of docs.slack.dev. A button's value is its command, and the values of
 * the form are in the state of the message. Throws ForgedRequest.
 * @param now ms since 1970
 */
export function readPress(payload: Json, home: Home, now: number): Callback {
  checkApp(payload, home);
  if (textAt(payload, 'type') !== 'block_actions') return ignored('an interaction that nobody waits for');
  const [action] = objectsAt(payload, 'actions');
  const command = textAt(action, 'value');
  if (textAt(action, 'type') !== 'button' || !command) return ignored('a link was opened or a field was changed');
  if (isStrangersPress(payload, home)) return ignored('its author is of another workspace');
  const [user, trigger, name] = [
    textAt(payload, 'user', 'id'),
    textAt(payload, 'trigger_id'),
    textAt(payload, 'user', 'name'),
  ];
  const place = placeOf(payload, user, textAt(action, 'action_id'));
  if (!isBy(user, place.id) || !trigger) return ignored('no author, place or trigger in it');
  return {
    kind: 'message',
    reply: DONE,
    message: {
      id: `press:${trigger}`,
      platform: PLATFORM,
      conversation: answerable(place, textAt(payload, 'response_url'), now),
      sender: { id: user, ...(name && { name }) },
      text: command,
      ...(isSubmit(textAt(action, 'action_id')) && { fields: fieldsIn(payload) }),
      isForBot: true,
      sentAt: time(textAt(action, 'action_ts')) || now,
    },
  };
}

/** A first message that nobody has replied to yet has no thread_ts: that it opens one is said by its buttons. */
function placeOf(payload: Json, user: string, actionId: string): Conversation {
  const channel = textAt(payload, 'channel', 'id') || textAt(payload, 'container', 'channel_id');
  const thread = textAt(payload, 'container', 'thread_ts') || textAt(payload, 'message', 'thread_ts');
  const own = textAt(payload, 'container', 'message_ts') || textAt(payload, 'message', 'ts');
  return conversationIn(channel, user, thread || (isRoot(actionId) ? own : ''));
}

/** By action id, which is the name of the field; what was left empty is not there. */
function fieldsIn(payload: Json): Record<string, string> {
  const blocks = at(payload, 'state', 'values');
  const inputs = isObject(blocks)
    ? Object.values(blocks).flatMap((block) => (isObject(block) ? Object.entries(block) : []))
    : [];
  const filled = inputs.map(([name, input]) => [
    name,
    textAt(input, 'value') || textAt(input, 'selected_option', 'value'),
  ]);
  return Object.fromEntries(filled.filter(([, value]) => value));
}
