/** How bad it is; each platform shows it as a colour or a mark of its own. */
export type Severity = 'info' | 'resolved' | 'warning' | 'critical';

export const SEVERITIES: readonly Severity[] = ['info', 'resolved', 'warning', 'critical'];

export interface Fact {
  label: string;
  value: string;
}

export interface Link {
  label: string;
  url: string;
}

/** Pressing it is the same as typing its command; a platform without buttons prints the command. */
export interface Button {
  label: string;
  command: string;
}

export interface Field {
  name: string;
  label: string;
  /** Where present, the field is a choice. */
  options?: { label: string; value: string }[];
  value?: string;
  /** What a person may enter there, shown while it is empty. */
  hint?: string;
  multiline?: boolean;
  required?: boolean;
}

/** Submitting it is the same as typing its command with `name: value` lines. */
export interface Form {
  command: string;
  submit: string;
  /** What to do with it where it cannot be shown, but is printed to be copied; the label of `submit` if absent. */
  instructions?: string;
  fields: Field[];
}

/** Whom to call: one person by the platform's own user id, or by mobile number (DingTalk, WeCom), or everyone. */
export type Mention = { id: string; name?: string } | { mobile: string } | { everyone: true };

/**
 * What we say, in no platform's dialect. Every channel can render every card.
 *
 * Everything but `text` is plain: it is shown letter by letter, whatever it holds. Words that are not ours (an AWS
 * description, a person's message) therefore go into `quote` or a fact, never into `text`.
 */
export interface Card {
  title: string;
  severity: Severity;
  /** What it comes to, above everything else: plain, and not ours (a model's words). Its label says whose. */
  summary?: Fact;
  /** Our own words, in the small markdown that all platforms share: `**bold**`, `` `code` ``, `[label](https://url)`, `- item` lines. */
  text?: string;
  facts?: Fact[];
  /** Somebody else's words, plain and verbatim, line breaks kept. A long one continues in further messages. */
  quote?: string;
  links?: Link[];
  buttons?: Button[];
  form?: Form;
  mentions?: Mention[];
}
