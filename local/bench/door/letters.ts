import type { CallbackTemplate } from '../../chat/callback-templates';
import type { Json } from '../../chat/json';
import { createCallbackTemplates } from '../../chat/platforms';
import type { SignedCallback } from '../../chat/workspace';

/** One signed callback. */
export interface Letter {
  platform: string;
  call: SignedCallback;
  /** Stands at the end of what it says, and nowhere else. */
  number: number;
}

const KINDS = ['text', 'press'] as const;

/** That many callbacks, the platforms in turn, texts and presses in turn, in forty conversations of each. @param at ms since 1970 */
export function lettersOf(count: number, at: number): Letter[] {
  const variants = Object.entries(createCallbackTemplates()).filter(([name, { platform }]) => name === platform);
  const roads = variants.flatMap(([platform, { templates }]) =>
    KINDS.map((name) => ({ platform, kind: templates[name] })),
  );
  return Array.from({ length: count }, (_, number) => {
    const { platform, kind } = roads[number % roads.length] ?? {};
    if (!platform || !kind) throw new Error('There is nothing to write.');
    return { platform, number, call: written(kind, number, at) };
  });
}

function written(kind: CallbackTemplate, number: number, at: number): SignedCallback {
  const content: Json = kind.build(number, at);
  return kind.sign(content, at);
}
