import type { Button } from '../card';
import type { Payload } from '../channel';
import { actionId } from './actions';
import { caption } from './mrkdwn';

/** Limits of Block Kit in docs.slack.dev: a button's text and value, elements of an actions block. */
const LABEL = 75;
const VALUE = 2000;
const MOST = 25;

/** Whether Slack can show it as a button that carries its command. */
export function isPressable({ label, command }: Button): boolean {
  return label.trim() !== '' && command !== '' && command.length <= VALUE;
}

/** The buttons that Slack can show, and the others. */
export function sorted(buttons: readonly Button[] = []): { pressable: Button[]; others: Button[] } {
  const pressable = buttons.filter(isPressable).slice(0, MOST);
  return { pressable, others: buttons.filter((each) => !pressable.includes(each)) };
}

/** One row of buttons; nothing where there are none. */
export function drawButtons(buttons: readonly Button[], root: boolean): Payload[] {
  const elements = buttons.map((each, at) => button(each, actionId({ kind: 'press', root }, at)));
  return elements.length ? [{ type: 'actions', elements }] : [];
}

/** One button, cut to what Slack takes of its label. */
export function button({ label, command }: Button, id: string): Payload {
  return { type: 'button', action_id: id, text: caption(label, LABEL), value: command };
}
