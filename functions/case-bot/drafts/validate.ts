import type { LocalizedText } from '../../shared/locale';
import type { FieldName } from '../domain/draft';
import type { SupportOption } from '../domain/support-client';
import { sanitize } from '../domain/text';
import { pick, search } from './catalog';

/** What is missing or wrong, in words for the person, with what there is to choose from. */
export interface FieldProblem {
  field: FieldName;
  text: LocalizedText;
  choices?: readonly SupportOption[];
}

/** A field as it will be filed, or what is wrong with it. */
export type Validated<T extends SupportOption = SupportOption> = { value?: string; choice?: T; problem?: FieldProblem };

/** Longest subject that Support Center takes; the API reference names no limit, and AWS refuses longer ones. */
const LONGEST_SUBJECT = 250;
const MOST_CC = 10;
const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

export const MISSING: LocalizedText = { en: 'is missing', 'zh-CN': '未填写' };

export function validateText(field: FieldName, given = ''): Validated {
  const value = given.trim();
  return value ? { value } : { problem: { field, text: MISSING } };
}

export function validateSubject(given = ''): Validated {
  const value = given.replace(/\s+/g, ' ').trim();
  if (!value) return { problem: { field: 'subject', text: MISSING } };
  if ([...value].length <= LONGEST_SUBJECT) return { value };
  const text = {
    en: `is longer than ${LONGEST_SUBJECT} characters: shorten it`,
    'zh-CN': `超过 ${LONGEST_SUBJECT} 个字符，请缩短`,
  };
  return { problem: { field: 'subject', text } };
}

/** One of the choices, by code, name, abbreviation or Chinese name. Where there is only one, it need not be said. */
export function validateOption<T extends SupportOption>(
  field: FieldName,
  given: string | undefined,
  choices: readonly T[],
): Validated<T> {
  const wanted = given?.trim() ?? '';
  const [only] = choices;
  if (wanted === '' && only && choices.length === 1) return { value: only.code, choice: only };
  if (wanted === '') return { problem: { field, text: MISSING, choices } };
  const choice = pick(choices, wanted);
  if (choice) return { value: choice.code, choice };
  const found = search(choices, wanted);
  return {
    problem: { field, text: found.length ? several(wanted) : unknown(wanted), choices: found.length ? found : choices },
  };
}

export function validateCc(given = ''): Validated {
  const addresses = given.split(/[\s,;，；、]+/).filter(Boolean);
  const wrong = addresses.find((address) => !EMAIL.test(address));
  if (wrong) {
    const text = { en: `"${sanitize(wrong)}" is no e-mail address`, 'zh-CN': `“${sanitize(wrong)}”不是邮箱地址` };
    return { problem: { field: 'cc', text } };
  }
  if (addresses.length <= MOST_CC) return { value: addresses.join(', ') };
  const text = { en: `has more than ${MOST_CC} addresses`, 'zh-CN': `超过 ${MOST_CC} 个地址` };
  return { problem: { field: 'cc', text } };
}

const several = (wanted: string): LocalizedText => ({
  en: `"${sanitize(wanted)}" may be several: choose one`,
  'zh-CN': `“${sanitize(wanted)}”可能是以下几个，请选择`,
});

const unknown = (wanted: string): LocalizedText => ({
  en: `there is no "${sanitize(wanted)}" to choose: choose one of these`,
  'zh-CN': `没有“${sanitize(wanted)}”，请从可选项中选择`,
});
