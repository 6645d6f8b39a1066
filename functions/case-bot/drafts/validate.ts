import type { LocalizedText } from '../../shared/locale';
import type { FieldName } from '../domain/draft';
import type { SupportOption } from '../domain/support-client';
import { sanitize } from '../domain/text';
import { pick, search } from './catalog';

/** What is missing or wrong, in words for the person, and the options to choose from. */
export interface FieldProblem {
  field: FieldName;
  text: LocalizedText;
  choices?: readonly SupportOption[];
}

/** The value for AWS, or what is wrong with it. */
export type Validated<T extends SupportOption = SupportOption> = { value?: string; choice?: T; problem?: FieldProblem };

/** The API Reference names no limit; Support Center takes 250, and AWS rejects longer subjects. */
const MAX_SUBJECT_CHARS = 250;
const MAX_CC = 10;
const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

const MISSING: LocalizedText = { en: 'is missing', 'zh-CN': '未填写' };

export function validateText(field: FieldName, entered = ''): Validated {
  const value = entered.trim();
  return value ? { value } : { problem: { field, text: MISSING } };
}

export function validateSubject(entered = ''): Validated {
  const value = entered.replace(/\s+/g, ' ').trim();
  if (!value || [...value].length <= MAX_SUBJECT_CHARS) return validateText('subject', value);
  const text = {
    en: `is longer than ${MAX_SUBJECT_CHARS} characters: shorten it`,
    'zh-CN': `超过 ${MAX_SUBJECT_CHARS} 个字符，请缩短`,
  };
  return { problem: { field: 'subject', text } };
}

/** Accepts a code, name, abbreviation or Chinese name. A single option is chosen without being entered. */
export function validateOption<T extends SupportOption>(
  field: FieldName,
  entered: string | undefined,
  choices: readonly T[],
): Validated<T> {
  const wanted = entered?.trim() ?? '';
  const [only] = choices;
  if (wanted === '' && only && choices.length === 1) return { value: only.code, choice: only };
  if (wanted === '') return { problem: { field, text: MISSING, choices } };
  const choice = pick(choices, wanted);
  if (choice) return { value: choice.code, choice };
  const found = search(choices, wanted);
  if (found.length > 0) return { problem: { field, text: ambiguous(wanted), choices: found } };
  return { problem: { field, text: notOffered(wanted), choices } };
}

export function validateCc(entered = ''): Validated {
  const addresses = entered.split(/[\s,;，；、]+/).filter(Boolean);
  const wrong = addresses.find((address) => !EMAIL.test(address));
  if (!wrong && addresses.length <= MAX_CC) return { value: addresses.join(', ') };
  const text = wrong
    ? { en: `"${sanitize(wrong)}" is no e-mail address`, 'zh-CN': `“${sanitize(wrong)}”不是邮箱地址` }
    : { en: `has more than ${MAX_CC} addresses`, 'zh-CN': `超过 ${MAX_CC} 个地址` };
  return { problem: { field: 'cc', text } };
}

const ambiguous = (wanted: string): LocalizedText => ({
  en: `"${sanitize(wanted)}" matches several: choose one`,
  'zh-CN': `“${sanitize(wanted)}”可能是以下几个，请选择`,
});
const notOffered = (wanted: string): LocalizedText => ({
  en: `"${sanitize(wanted)}" is not available: choose one of these`,
  'zh-CN': `没有“${sanitize(wanted)}”，请从可选项中选择`,
});
