import type { Field, Form } from '../card';
import type { Payload } from '../channel';
import { actionId } from './actions';
import { button, isPressable } from './buttons';
import { caption } from './mrkdwn';

/** Limits of Block Kit in docs.slack.dev: of an id, a placeholder, an option's text and value, options of a group, groups. */
const ID = 255;
const PLACEHOLDER = 150;
const OPTION = 75;
const VALUE = 150;
const GROUP = 100;
const GROUPS = 100;
/** Its max_length; how long an initial value may be is not said. */
const LONGEST_INPUT = 3000;
/** Not Slack's limits but ours, below its 50 blocks and 2000 letters: what stands above a field fits on a line or two. */
const FIELDS = 20;
const LABEL = 150;
/** Letters of all options together: Slack takes about 13,200 letters in a message, and there are others in it. */
const OPTIONS = 6000;

/** Under a field for much text. The layer does not know which language the reader has, so it is in both. */
const ADD_MORE = '最多 3000 字，更多内容提交后可再回复 · 3,000 characters at most, reply later to add more';

/** Whether Slack can show it as input blocks. They are for modals, Home tabs and messages: "Input block" of docs.slack.dev. */
export function isDrawable({ fields, submit, command }: Form): boolean {
  const isNamed = fields.every(({ name }) => name !== '' && name.length <= ID);
  return isNamed && fields.length <= FIELDS && isPressable({ label: submit, command });
}

/** A form as input blocks, and the button that submits them. Whether Slack insists on required fields in a message is not said. */
export function drawForm({ fields, submit, command }: Form, root: boolean): Payload[] {
  const budget = Math.floor(OPTIONS / Math.max(1, fields.filter(({ options }) => options?.length).length));
  const pressed = { ...button({ label: submit, command }, actionId({ kind: 'submit', root }, 0)), style: 'primary' };
  return [...fields.map((field, at) => drawField(field, at, budget)), { type: 'actions', elements: [pressed] }];
}

/** The block's id is only its number, so that two fields of one name do not spoil the whole message. */
function drawField(field: Field, at: number, budget: number): Payload {
  return {
    type: 'input',
    block_id: `field:${at}`,
    label: caption(field.label || field.name, LABEL),
    optional: !field.required,
    element: drawSelect(field, budget) ?? drawInput(field),
    ...(field.multiline && !field.options?.length && { hint: caption(ADD_MORE, PLACEHOLDER) }),
  };
}

function drawInput({ name, hint, value, multiline = false }: Field): Payload {
  return {
    type: 'plain_text_input',
    action_id: name,
    multiline,
    max_length: LONGEST_INPUT,
    ...placeholder(hint),
    ...(value && { initial_value: value.slice(0, LONGEST_INPUT) }),
  };
}

/** undefined where there is nothing to choose from. */
function drawSelect({ name, hint, value, options = [] }: Field, budget: number): Payload | undefined {
  const drawn = options.filter((option) => option.value !== '' && option.value.length <= VALUE).map(drawOption);
  const kept = within(drawn, budget);
  if (kept.length === 0) return undefined;
  const initial = kept.find((option) => option.value === value);
  const choices = kept.length > GROUP ? { option_groups: grouped(kept) } : { options: kept };
  return {
    type: 'static_select',
    action_id: name,
    ...placeholder(hint),
    ...choices,
    ...(initial && { initial_option: initial }),
  };
}

function drawOption({ label, value }: { label: string; value: string }): Payload {
  return { text: caption(label || value, OPTION), value };
}

/** As many as Slack takes, from the beginning. */
function within(options: Payload[], budget: number): Payload[] {
  let letters = 0;
  const end = options.findIndex((option) => {
    letters += textOf(option).length;
    return letters > budget;
  });
  return options.slice(0, end < 0 ? GROUP * GROUPS : Math.min(end, GROUP * GROUPS));
}

/** A hundred at a time, under the first and the last of them. */
function grouped(options: Payload[]): Payload[] {
  const starts = options.flatMap((_, at) => (at % GROUP === 0 ? [at] : []));
  return starts.map((start) => {
    const group = options.slice(start, start + GROUP);
    const ends = [group[0], group.at(-1)].map((option) => caption(textOf(option), 35).text);
    return { label: caption(ends.join(' – '), OPTION), options: group };
  });
}

function textOf(option: Payload | undefined): string {
  return String(Object(option?.text).text);
}

function placeholder(hint: string | undefined): Payload {
  return hint?.trim() ? { placeholder: caption(hint, PLACEHOLDER) } : {};
}
