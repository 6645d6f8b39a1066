/** What an application has fenced off as data, and not as something to obey. */
const FENCED = /<(data-\w+)>\n([\s\S]*)\n<\/\1>/;
/** Cards say these in the reader's language; the numbers, ids and times behind them are kept letter by letter. */
const TOLD: readonly RegExp[] = [/^(开始时间|Starts|Since): /, /^(账号|Account): /, /^(区域|Region): /];
const LONGEST = 200;

export const fenced = (asked: string): string => FENCED.exec(asked)?.[2] ?? asked;

export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** A summary by a model that cannot think: title, times, account and Region, and the first sentence that is in the language asked for. */
export function extract(data: string, chinese: boolean): string {
  const lines = data.split('\n').map((line) => line.trim());
  const [title = '', ...others] = lines;
  const facts = TOLD.flatMap((label) => others.find((line) => label.test(line)) ?? []);
  const sentence = others
    .filter((line) => !/^[^\s:]{1,20}: /.test(line) && isPlain(line))
    .flatMap((line) => line.split(chinese ? /(?<=[。！？])/ : /(?<=[.!?])\s+/))
    .find((one) => one.length > 15 && one.length < LONGEST && isChinese(one) === chinese);
  const end = chinese ? '。' : '.';
  const said = [title.replace(/^[^\p{L}\p{N}]+/u, ''), ...facts.map((fact) => fact.replace(': ', chinese ? ' ' : ' '))];
  const opening = chinese ? `AWS 通知了以下事件：${said.join('，')}${end}` : `This is about ${said.join(', ')}${end}`;
  return [opening, sentence].filter(Boolean).join(chinese ? '' : ' ');
}

const isPlain = (line: string): boolean => !/[<>[\]*`{}|@]|https?:/.test(line);
