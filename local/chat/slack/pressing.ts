import type { Delivery, User } from '../workspace';
import type { Saying } from './archive';
import type { Pressable } from './controls';
import type { Hall } from './hall';
import { blockActions } from './interaction-letters';
import { stateOf } from './state';

/** The latest message of the bot in the talk that has it. */
export function latest(
  { archive }: Hall,
  talk: string,
  pick: (saying: Saying) => Pressable | undefined,
): [Saying?, Pressable?] {
  const { channel, thread } = archive.find(talk);
  const isIn = (each: Saying) => (thread ? each.ts === thread || each.thread === thread : !each.thread);
  const saying = archive.sayings.findLast(
    (each) => each.channel === channel.id && each.by === 'bot' && isIn(each) && pick(each),
  );
  return saying ? [saying, pick(saying)] : [];
}

/** Presses a button, with these values filled in beside it. */
export function press(
  { archive, postman, responses, stamp }: Hall,
  author: User,
  saying: Saying,
  pressed: Pressable,
  values: Readonly<Record<string, string>>,
): Promise<Delivery> {
  const state = stateOf(saying.payload, values);
  const hasReplies = archive.sayings.some(({ thread }) => thread === saying.ts);
  const url = responses.issue('actions', saying.channel, saying.thread);
  return postman.deliver(blockActions(saying, pressed, author, { state, url, hasReplies }, stamp()));
}
