/** Data that an application has fenced off from its instructions. */
const FENCED = /<(data-\w+)>\n([\s\S]*)\n<\/\1>/;
/** Facts that a summary repeats unchanged. */
const FACTS: readonly RegExp[] = [/^(开始时间|Starts|Since): /, /^(账号|Account): /, /^(区域|Region): /];
const MAX_SENTENCE_LENGTH = 200;

export const fencedData = (text: string): string => FENCED.exec(text)?.[2] ?? text;

export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

const isPlainText = (line: string): boolean => !/[<>[\]*`{}|@]|https?:/.test(line);

/** A summary of a card: title, times, account, Region, and the first sentence in the requested language. */
export function summarizeCard(data: string, inChinese: boolean): string {
  const lines = data.split('\n').map((line) => line.trim());
  const [title = '', ...others] = lines;
  const facts = FACTS.flatMap((label) => others.find((line) => label.test(line)) ?? []);
  const sentence = others
    .filter((line) => !/^[^\s:]{1,20}: /.test(line) && isPlainText(line))
    .flatMap((line) => line.split(inChinese ? /(?<=[。！？])/ : /(?<=[.!?])\s+/))
    .find((text) => text.length > 15 && text.length < MAX_SENTENCE_LENGTH && isChinese(text) === inChinese);
  const parts = [title.replace(/^[^\p{L}\p{N}]+/u, ''), ...facts.map((fact) => fact.replace(': ', ' '))];
  if (inChinese) return `AWS 通知了以下事件：${parts.join('，')}。${sentence ?? ''}`;
  return [`This is about ${parts.join(', ')}.`, sentence].filter(Boolean).join(' ');
}

export const isReplySummaryPrompt = (system: string): boolean => /不超过两行|in two lines at most/.test(system);

const RESOURCE_OR_REGION = /\b(?:i|vol|eni|subnet|vpc|sg|db)-[\w-]*\d[\w-]*|\b[a-z]{2}(?:-[a-z]+)+-\d\b/g;
const DATE =
  /\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}/g;

/** A summary of an engineer's reply: the resources and dates that it names. */
export function summarizeReply(data: string, inChinese: boolean): string {
  const names = [...new Set([...(data.match(RESOURCE_OR_REGION) ?? []), ...(data.match(DATE) ?? [])])];
  if (inChinese)
    return `AWS 支持工程师已回复并给出了分析${names.length ? `，提到了 ${names.join('、')}` : ''}。\n详细说明和需要我方配合的内容见下方原文。`;
  return `The engineer of AWS has answered with an analysis${names.length ? ` that names ${names.join(', ')}` : ''}.\nThe details and what is asked of us are in the original below.`;
}

export const isDraftPrompt = (system: string): boolean => /^subject: /m.test(system) && /^service: /m.test(system);

const RESOURCE = /\b(?:i|vol|eni|subnet|vpc|sg|db|arn)[-:][\w:/-]*\d[\w:/-]*/g;
const REGION = /\b[a-z]{2}(?:-[a-z]+)+-\d\b/;
const TIME = /\d{4}-\d\d-\d\d[ T][\d:]+(?: ?\([^)]*\))?|(?:今天|昨天)?\d{1,2}:\d{2}(?: ?\([^)]*\))?/;
const IMPACT = /[^。！？.!?\n]*(?:业务|用户|客户|订单|客戶|customers?|users?|orders?|business)[^。！？.!?\n]*/i;

/** A case draft: the first sentence, patterns that look like a time, an id or a Region, and a service from the list. */
export function draftCase(data: string, system: string): string {
  const text = data.trim();
  const [service, category] = chooseService(text, system);
  const [sentence = text] = text.split(/(?<=[。！？!?])|(?<=\.)\s|\n/);
  const lines = {
    subject: sentence.replace(/[。.]$/, '').slice(0, 80),
    service,
    category,
    severity: /生产|production/i.test(text) ? 'urgent' : 'normal',
    type: /账单|发票|bill/i.test(text) ? 'customer-service' : 'technical',
    time: TIME.exec(text)?.[0].trim(),
    resources: text.match(RESOURCE)?.join(', '),
    region: REGION.exec(text)?.[0],
    symptoms: text.replace(/\s+/g, ' ').slice(0, 200),
    impact: IMPACT.exec(text)?.[0].trim(),
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value || '-'}`)
    .join('\n');
}

/** The first service of the prompt's list whose name shares a word with the text; the first of all otherwise. */
function chooseService(text: string, system: string): [service: string, category: string] {
  const list = [...system.matchAll(/^([\w-]+) \((.*)\): (.*)$/gm)].map(([, code = '', name = '', categories = '']) => {
    return { code, name, categories: categories.split(', ') };
  });
  const lower = text.toLowerCase();
  const named = list.find(({ name }) =>
    name.split(/[^\w]+/).some((part) => part.length > 2 && lower.includes(part.toLowerCase())),
  );
  const { code = '-', categories = [] } = named ?? list[0] ?? {};
  const general = categories.find((category) => category.includes('other') || category.includes('general'));
  return [code, general ?? categories[0] ?? '-'];
}
