import type { Card, Field, Form } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { COMMAND_NAMES, commandText } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { type Draft, FIELD_NAMES, type FieldName } from '../domain/draft';
import { HINTS, ISSUE_TYPE_NAMES, ISSUE_TYPES, LABELS, LANGUAGE_NAMES, SEVERITY_NAMES } from '../domain/labels';
import type { SupportOption } from '../domain/support-client';
import { loadSupportOptions } from './support-options';
import type { FieldProblem } from './validate';

/** No platform shows more (Slack: 100 options); the rest is found by typing its name. */
const MOST_OPTIONS = 100;
const REQUIRED: readonly FieldName[] = ['subject', 'body', 'serviceCode', 'severityCode'];

/** The card that asks for everything, with what has been said already. */
export async function formCard(draft: Draft, ctx: MessageContext): Promise<Card> {
  const { locale, accounts } = ctx;
  const account = accounts.find(draft.values.account ?? '') ?? accounts.all[0];
  const supportClient = accounts.supportClient(account?.id ?? '');
  const { services, severities } = await loadSupportOptions(supportClient, ctx);
  const choices: Partial<Record<FieldName, readonly SupportOption[]>> = {
    account: accounts.all.length > 1 ? accounts.all.map(({ name }) => ({ code: name, name })) : undefined,
    issueType: ISSUE_TYPES.map((code) => ({ code, name: code })),
    serviceCode: services.length <= MOST_OPTIONS ? services : undefined,
    severityCode: severities,
    language: supportClient.canChooseLanguage ? LANGUAGES : undefined,
  };
  const left = FIELD_NAMES.filter(
    (name) => (name !== 'account' || choices.account) && (name !== 'language' || choices.language),
  );
  const fields = left.map((name) => fieldOf(name, draft, locale, choices[name]));
  return { title: locale.t(TITLE), severity: 'info', text: locale.t(ADVICE), form: form(draft, fields, locale) };
}

/** The card that asks for what is missing or wrong, and for nothing else. */
export function problemCard(draft: Draft, problems: readonly FieldProblem[], locale: Locale): Card {
  const lines = problems.map(({ field, text }) => `- **${locale.t(LABELS[field])}** ${locale.t(text)}`);
  const fields = problems.map(({ field, choices }) => ({
    ...fieldOf(field, draft, locale, choices),
    ...(field === 'categoryCode' && { hint: locale.t(CHOOSE) }),
    required: true,
  }));
  return { title: locale.t(ALMOST), severity: 'warning', text: lines.join('\n'), form: form(draft, fields, locale) };
}

function form({ reference }: Draft, fields: Field[], locale: Locale): Form {
  return {
    command: commandText(COMMAND_NAMES.fill, locale.language, reference),
    submit: locale.t(NEXT),
    instructions: locale.t(COPY),
    fields,
  };
}

function fieldOf(name: FieldName, { values }: Draft, locale: Locale, choices?: readonly SupportOption[]): Field {
  const hint = HINTS[name];
  const value = values[name];
  const options = choices
    ?.slice(0, MOST_OPTIONS)
    .map((choice) => ({ label: nameOf(name, choice, locale), value: choice.code }));
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

/** A choice as people read it; AWS's own name, where we have no better one. */
function nameOf(field: FieldName, { code, name }: SupportOption, { t }: Locale): string {
  if (field === 'severityCode') return SEVERITY_NAMES[code] ? t(SEVERITY_NAMES[code]) : name;
  if (field === 'issueType') return ISSUE_TYPE_NAMES[code] ? t(ISSUE_TYPE_NAMES[code]) : name;
  return name;
}

const LANGUAGES: readonly SupportOption[] = Object.entries(LANGUAGE_NAMES).map(([code, name]) => ({ code, name }));

const TITLE: LocalizedText = { en: 'Open an AWS Support case', 'zh-CN': '开 AWS 支持工单' };
const ALMOST: LocalizedText = { en: 'Almost there', 'zh-CN': '还差一点' };
const NEXT: LocalizedText = { en: 'Continue', 'zh-CN': '下一步' };
/** Where the form cannot be shown. */
const COPY: LocalizedText = {
  en: 'Copy these lines, fill them in behind the colons, and send them to me',
  'zh-CN': '请复制以下几行，在冒号后填写，然后发给我（群里请 @我）',
};
const CHOOSE: LocalizedText = { en: 'choose', 'zh-CN': '请选择' };
const ADVICE: LocalizedText = {
  en: 'Nothing is filed yet: you will see the whole case before it is.',
  'zh-CN': '填写后会先给您看完整内容，核对无误再提交。',
};
