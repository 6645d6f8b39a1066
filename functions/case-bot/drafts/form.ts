import type { Card, Field, Form } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { commandText } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { type Draft, FIELD_NAMES, type FieldName } from '../domain/draft';
import { HINTS, ISSUE_TYPES, LABELS, LANGUAGE_NAMES, optionName } from '../domain/labels';
import type { SupportOption } from '../domain/support-client';
import { loadSupportOptions } from './support-options';
import type { FieldProblem } from './validate';

/** No platform shows more (Slack: 100 options); of a longer list, people type the name. */
const MAX_OPTIONS = 100;
const REQUIRED: readonly FieldName[] = ['subject', 'body', 'serviceCode', 'severityCode'];

/** The form with all fields, filled with the values so far. */
export async function formCard(draft: Draft, ctx: MessageContext): Promise<Card> {
  const { locale, accounts } = ctx;
  const account = accounts.find(draft.values.account ?? '') ?? accounts.all[0];
  const supportClient = accounts.supportClient(account?.id ?? '');
  const { services, severities } = await loadSupportOptions(supportClient, ctx);
  const options: Partial<Record<FieldName, readonly SupportOption[]>> = {
    account: accounts.all.length > 1 ? accounts.all.map(({ name }) => ({ code: name, name })) : undefined,
    issueType: ISSUE_TYPES.map((code) => ({ code, name: code })),
    serviceCode: services.length <= MAX_OPTIONS ? services : undefined,
    severityCode: severities,
    language: supportClient.canChooseLanguage ? LANGUAGES : undefined,
  };
  const isShown = (name: FieldName) => (name !== 'account' && name !== 'language') || options[name] !== undefined;
  const fields = FIELD_NAMES.filter(isShown).map((name) => fieldOf(name, draft, locale, options[name]));
  return { title: locale.t(TITLE), severity: 'info', text: locale.t(ADVICE), form: formOf(draft, fields, locale) };
}

/** A form with only the fields that are missing or wrong. */
export function problemCard(draft: Draft, problems: readonly FieldProblem[], locale: Locale): Card {
  const lines = problems.map(({ field, text }) => `- **${locale.t(LABELS[field])}** ${locale.t(text)}`);
  const fields = problems.map(({ field, choices }) => ({
    ...fieldOf(field, draft, locale, choices),
    ...(field === 'categoryCode' && { hint: locale.t(CHOOSE) }),
    required: true,
  }));
  return { title: locale.t(ALMOST), severity: 'warning', text: lines.join('\n'), form: formOf(draft, fields, locale) };
}

const formOf = ({ reference }: Draft, fields: Field[], locale: Locale): Form => ({
  command: commandText('fill', locale, reference),
  submit: locale.t(NEXT),
  instructions: locale.t(COPY_LINES),
  fields,
});

function fieldOf(name: FieldName, { values }: Draft, locale: Locale, choices?: readonly SupportOption[]): Field {
  const hint = HINTS[name];
  const value = values[name];
  const options = choices
    ?.slice(0, MAX_OPTIONS)
    .map((choice) => ({ label: optionName(name, choice.code, locale) ?? choice.name, value: choice.code }));
  const preset = options && !options.some((option) => option.value === value) ? undefined : value;
  return {
    name,
    label: locale.t(LABELS[name]),
    ...(options?.length && { options }),
    ...(preset && { value: preset }),
    ...(hint && { hint: locale.t(hint) }),
    ...(name === 'body' && { multiline: true }),
    ...(REQUIRED.includes(name) && { required: true }),
  };
}

const LANGUAGES: readonly SupportOption[] = Object.entries(LANGUAGE_NAMES).map(([code, name]) => ({ code, name }));

const TITLE: LocalizedText = { en: 'Open an AWS Support case', 'zh-CN': '开 AWS 支持工单' };
const ALMOST: LocalizedText = { en: 'Almost there', 'zh-CN': '还差一点' };
const NEXT: LocalizedText = { en: 'Continue', 'zh-CN': '下一步' };
/** On platforms without forms. */
const COPY_LINES: LocalizedText = {
  en: 'Copy these lines, fill them in after the colons, and send them to me',
  'zh-CN': '请复制以下几行，在冒号后填写，然后发给我（群里请 @我）',
};
const CHOOSE: LocalizedText = { en: 'choose', 'zh-CN': '请选择' };
const ADVICE: LocalizedText = {
  en: 'No case is created yet: you will check it before it is submitted.',
  'zh-CN': '填写后会先给您看完整内容，核对无误再提交。',
};
