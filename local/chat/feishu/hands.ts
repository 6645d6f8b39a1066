import { at, type Json } from '../json';
import type { Conversation, Delivery, Post, Workspace } from '../workspace';
import { actionOf, buttonsOf, fillIn, formOf, labelOf, submitOf } from './controls';
import { pressEvent } from './events';
import type { Line } from './line';
import type { Office } from './office';

/** What a person does with cards. The latest card that can do it is meant. */
export function openHands(office: Office, line: Line, say: Workspace['say']): Pick<Workspace, 'press' | 'submit'> {
  function tell(by: string, talk: Conversation, { id }: Post, action: Json): Promise<Delivery> {
    return line.tellPress(pressEvent(office, office.personOf(by), talk, id, action));
  }

  return {
    async press(by, to, label) {
      const talk = office.roomOf(by, to);
      for (const post of talk.posts.toReversed()) {
        const button = buttonsOf(cardOf(post)).find((each) => labelOf(each) === label);
        if (button) return tell(by, talk, post, actionOf(button));
        const typed = commandIn(post, label);
        if (typed) return say(by, to, typed, { mention: true });
      }
      throw new Error(`There is no button ${label} in ${talk.name}.`);
    },
    async submit(by, to, values) {
      const talk = office.roomOf(by, to);
      for (const post of talk.posts.toReversed()) {
        const form = formOf(cardOf(post));
        if (form) return tell(by, talk, post, actionOf(submitOf(form), fillIn(form, values)));
      }
      throw new Error(`There is no form in ${talk.name}.`);
    },
  };
}

/** What the bot says to type instead: `Close: close 42`. */
function commandIn({ by, view }: Post, label: string): string | undefined {
  if (by !== 'bot') return undefined;
  const line = view.lines.find((each) => each.startsWith(`${label}: `));
  return line?.slice(label.length + 2);
}

function cardOf({ payload }: Post): unknown {
  return at(payload, 'card');
}
