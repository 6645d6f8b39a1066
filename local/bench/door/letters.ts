import type { Json } from '../../chat/json';
import type { Kind } from '../../chat/scribe';
import { openScribes } from '../../chat/scribes';
import type { CallbackCall, TwoWayName } from '../../chat/workplace';

/** One signed callback. */
export interface Letter {
  platform: TwoWayName;
  call: CallbackCall;
  /** Stands at the end of what it says, and nowhere else. */
  number: number;
}

const KINDS = ['text', 'press'] as const;

/** That many callbacks, the platforms in turn, texts and presses in turn, in forty conversations of each. @param at ms since 1970 */
export function lettersOf(count: number, at: number): Letter[] {
  const { dingtalk, feishu, slack } = openScribes();
  const roads = [dingtalk, feishu, slack].flatMap(({ platform, kinds }) =>
    KINDS.map((name) => ({ platform, kind: kinds[name] })),
  );
  return Array.from({ length: count }, (_, number) => {
    const { platform, kind } = roads[number % roads.length] ?? {};
    if (!platform || !kind) throw new Error('There is nothing to write.');
    return { platform, number, call: written(kind, number, at) };
  });
}

function written(kind: Kind, number: number, at: number): CallbackCall {
  const content: Json = kind.draft(number, at);
  return kind.seal(content, at);
}
