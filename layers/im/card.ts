/** Each platform shows it as a colour or an icon. */
export type Severity = 'info' | 'resolved' | 'warning' | 'critical';

export const SEVERITIES: readonly Severity[] = ['info', 'resolved', 'warning', 'critical'];

/** For platforms, and places in them, that have no colour. */
export const SEVERITY_ICONS: Readonly<Record<Severity, string>> = {
  critical: '🔴',
  warning: '🟠',
  info: '🔵',
  resolved: '🟢',
};

export interface Fact {
  label: string;
  value: string;
}

export interface Link {
  label: string;
  url: string;
}

/** Pressing it is the same as typing its command; a platform without buttons shows the command as text. */
export interface Button {
  label: string;
  command: string;
}

export interface Field {
  name: string;
  label: string;
  /** With options, the field is a choice. */
  options?: { label: string; value: string }[];
  value?: string;
  /** What a person may enter, shown while the field is empty. */
  hint?: string;
  multiline?: boolean;
  required?: boolean;
}

/** Submitting it is the same as typing its command with `name: value` lines. */
export interface Form {
  command: string;
  submit: string;
  /** What to do with the form where it is shown as text to copy; the label of `submit` if absent. */
  instructions?: string;
  fields: Field[];
}

/** One person by the platform's own user id or by mobile number (DingTalk, WeCom), or everyone. */
export type Mention = { id: string; name?: string } | { mobile: string } | { everyone: true };

/**
 * One message, independent of any platform: every channel can render every card.
 *
 * Everything but `text` is plain and shown character by character. Words that are not ours (an AWS description, a
 * person's message) therefore go into `quote` or a fact, never into `text`.
 */
export interface Card {
  title: string;
  severity: Severity;
  /** The gist, above everything else: plain, and not ours (a model's words). Its label names the author. */
  summary?: Fact;
  /** Our own words, in the small markdown that all platforms share: `**bold**`, `` `code` ``, `[label](https://url)`, `- item` lines. */
  text?: string;
  facts?: Fact[];
  /** Someone else's words, plain and verbatim, with their line breaks. A long quote continues in further messages. */
  quote?: string;
  links?: Link[];
  buttons?: Button[];
  form?: Form;
  mentions?: Mention[];
}
