import type { ApplicationDoor } from './application-door';
import { choose, type Wish } from './choose';
import { drawHeard } from './draw-heard';
import { hear, type Patience } from './hear';

/** What somebody does: `say`, `press`, `submit` or `share`, and what that takes. */
export interface Deed {
  readonly way: string;
  readonly input: object;
}

export interface Terminal {
  print(text: string): void;
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  readonly patience: Patience;
}

/**
 * Does something for a person, and prints what the bot answers, in whichever talk of the platform.
 * @returns whether it reached the bot, or was not meant for it.
 * @throws when there is no such person, talk, button or form.
 */
export async function speak(door: ApplicationDoor, wish: Wish, deed: Deed, terminal: Terminal): Promise<boolean> {
  const { workplace, by, talk } = choose(await door.look(), wish);
  const mention = talk.kind === 'direct' ? { mention: false } : {};
  const input = { by, talk: talk.id, ...mention, ...deed.input };
  const { kind, text } = await door.act(workplace.platform, deed.way, input);
  if (kind !== 'answered') terminal.print(`${text.zh}。${text.en}.`);
  if (kind === 'unheard') return true;
  for await (const heard of hear(door, workplace, terminal.patience)) {
    terminal.print(drawHeard(heard, workplace.platform, terminal.width, terminal.colour));
  }
  return kind === 'answered';
}
