import type { OutputLanguage } from '@casebell/im/bots';
import type { Answer } from './answer';

type Part = 'time' | 'resources' | 'region' | 'symptoms' | 'impact';

/** What an engineer of AWS wants to know, in the language of the case. */
const PARTS: Readonly<Record<OutputLanguage, readonly (readonly [Part, string])[]>> = {
  'zh-CN': [
    ['time', '发生时间（含时区）'],
    ['resources', '资源 ID'],
    ['region', '区域'],
    ['symptoms', '现象'],
    ['impact', '业务影响'],
  ],
  en: [
    ['time', 'Time (with time zone)'],
    ['resources', 'Resource ids'],
    ['region', 'Region'],
    ['symptoms', 'Symptoms'],
    ['impact', 'Business impact'],
  ],
};
const OWN_WORDS: Readonly<Record<OutputLanguage, string>> = {
  'zh-CN': '用户原话：',
  en: 'In the words of the person who asks:',
};
/** What is left to the person. */
const BLANK: Readonly<Record<OutputLanguage, string>> = { 'zh-CN': '（待补充）', en: '(to be filled in)' };

/** The body of a case: what the model has gathered, blanks for what it was not told, and then all that the person said, word for word. */
export function bodyOf(answer: Answer, said: string, language: OutputLanguage): string {
  const colon = language === 'zh-CN' ? '：' : ': ';
  const lines = PARTS[language].map(([name, label]) => `${label}${colon}${answer[name] ?? BLANK[language]}`);
  return `${lines.join('\n')}\n\n${OWN_WORDS[language]}\n${said}`;
}

/** How much is left to the person. */
export const blanksIn = (body: string): number =>
  Object.values(BLANK).reduce((sum, blank) => sum + body.split(blank).length - 1, 0);
