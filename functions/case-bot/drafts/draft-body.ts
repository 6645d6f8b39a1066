import type { OutputLanguage } from '@casebell/ai';

type Part = 'time' | 'resources' | 'region' | 'symptoms' | 'impact';
export type DraftParts = { [part in Part]?: string };

/** What AWS Support asks for, in the language of the case. */
const LABELS: Readonly<Record<OutputLanguage, Readonly<Record<Part, string>>>> = {
  'zh-CN': { time: '发生时间（含时区）', resources: '资源 ID', region: '区域', symptoms: '现象', impact: '业务影响' },
  en: {
    time: 'Time (with time zone)',
    resources: 'Resource ids',
    region: 'Region',
    symptoms: 'Symptoms',
    impact: 'Business impact',
  },
};
const PARTS = ['time', 'resources', 'region', 'symptoms', 'impact'] as const;
const OWN_WORDS: Readonly<Record<OutputLanguage, string>> = {
  'zh-CN': '用户原话：',
  en: 'In the words of the person who asks:',
};
/** Stands for what the person has to fill in. */
const BLANK: Readonly<Record<OutputLanguage, string>> = { 'zh-CN': '（待补充）', en: '(to be filled in)' };

/** The body of a case: the parts that the model has found, blanks for the others, and then the person's text, word for word. */
export function draftBody(parts: DraftParts, text: string, language: OutputLanguage): string {
  const colon = language === 'zh-CN' ? '：' : ': ';
  const lines = PARTS.map((part) => `${LABELS[language][part]}${colon}${parts[part] ?? BLANK[language]}`);
  return `${lines.join('\n')}\n\n${OWN_WORDS[language]}\n${text}`;
}

/** How many parts the person has to fill in. */
export const countBlanks = (body: string): number =>
  Object.values(BLANK).reduce((sum, blank) => sum + body.split(blank).length - 1, 0);
