import { everyObject, type Json, objectsAt, textAt } from '../json';

/** Sub-error 11310 of page "发送消息"; whether texts and options count is not said, so all that has a tag does. */
const MOST_ELEMENTS = 200;
const LONGEST_INPUT = 1000;
const LONGEST_PLACEHOLDER = 100;

/** What is common to all components of JSON 2.0. */
const ANYWHERE = ['tag', 'element_id', 'margin'];
/** Properties of the components that we know the pages of; JSON 2.0 refuses any other ("卡片 JSON 2.0 版本更新说明"). */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  markdown: words('content text_size text_align icon href'),
  button: words(
    'type size width text icon hover_tips disabled disabled_tips confirm behaviors name required form_action_type',
  ),
  form: words(
    'name elements direction horizontal_spacing vertical_spacing horizontal_align vertical_align padding confirm',
  ),
  input:
    words(`name required placeholder default_value disabled disabled_tips width max_length input_type show_icon rows
    auto_resize max_rows label label_position value behaviors confirm`),
  select_static: words(
    'type name required disabled disabled_tips placeholder initial_option initial_index options width behaviors confirm',
  ),
};
/** They send what was filled in by their name. */
const NAMED = ['input', 'select_static', 'button'];

/**
 * Why Feishu would not take the buttons and fields of this JSON 2.0 card, in the words of its sub-error. The pages of the
 * components say what they must hold; with which code a card is refused that does not keep to it is known for a few only, so
 * 200621 stands for the others.
 */
export function objectionToControls(card: Json): string | undefined {
  if (everyObject(card).filter(({ tag }) => typeof tag === 'string').length > MOST_ELEMENTS) {
    return 'ErrCode: 11310; ErrMsg: element exceeds the limit; ErrorValue: 200; ';
  }
  const components = everyObject(card.body).filter(
    ({ tag }) => typeof tag === 'string' && Object.hasOwn(PROPERTIES, tag),
  );
  const why = firstIn(components, objectionToComponent) ?? objectionToForms(card, components);
  return (
    why &&
    `ErrCode: 200621; ErrMsg: parse card json err, please check whether the card json is correct; ErrorValue: ${why}; `
  );
}

function objectionToComponent(component: Json): string | undefined {
  const tag = textAt(component, 'tag');
  const known = PROPERTIES[tag] ?? [];
  const stranger = Object.keys(component).find((key) => !known.includes(key) && !ANYWHERE.includes(key));
  if (stranger !== undefined) return `unknown property, property: ${stranger}`;
  if (textAt(component, 'placeholder', 'content').length > LONGEST_PLACEHOLDER) return `${tag}.placeholder`;
  return tag === 'input' ? objectionToInput(component) : objectionToOptions(component);
}

function objectionToInput({ max_length = LONGEST_INPUT, default_value = '' }: Json): string | undefined {
  const most = Number(max_length);
  if (!Number.isInteger(most) || most < 1 || most > LONGEST_INPUT) return 'input.max_length';
  return typeof default_value === 'string' && default_value.length <= most ? undefined : 'input.default_value';
}

function objectionToOptions(component: Json): string | undefined {
  const values = objectsAt(component, 'options').map((option) => textAt(option, 'value'));
  if (values.includes('')) return 'options.value';
  return new Set(values).size < values.length ? 'duplicate options.value' : undefined;
}

function objectionToForms(card: Json, components: readonly Json[]): string | undefined {
  const forms = components.filter(({ tag }) => tag === 'form');
  const atRoot = objectsAt(card, 'body', 'elements').filter(({ tag }) => tag === 'form');
  if (forms.length > atRoot.length) return 'form is not at the root of the card';
  const inForms = forms.flatMap((form) => everyObject(form.elements).filter(({ tag }) => NAMED.includes(String(tag))));
  const names = [...forms, ...inForms].map((component) => textAt(component, 'name'));
  if (names.includes('')) return 'name is empty';
  if (new Set(names).size < names.length) return 'duplicate name';
  const submits = inForms.filter(({ form_action_type }) => form_action_type === 'submit');
  return submits.length < forms.length ? 'form without a submit button' : undefined;
}

function firstIn(components: readonly Json[], object: (component: Json) => string | undefined): string | undefined {
  for (const component of components) {
    const why = object(component);
    if (why) return why;
  }
  return undefined;
}

function words(text: string): string[] {
  return text.split(/\s+/);
}
