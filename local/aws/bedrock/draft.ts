/** Whether what is asked for are the lines of a case. */
export const wantsDraft = (system: string): boolean => /^subject: /m.test(system) && /^service: /m.test(system);

const RESOURCE = /\b(?:i|vol|eni|subnet|vpc|sg|db|arn)[-:][\w:/-]*\d[\w:/-]*/g;
const REGION = /\b[a-z]{2}(?:-[a-z]+)+-\d\b/;
const TIME = /\d{4}-\d\d-\d\d[ T][\d:]+(?: ?\([^)]*\))?|(?:今天|昨天)?\d{1,2}:\d{2}(?: ?\([^)]*\))?/;
const IMPACT = /[^。！？.!?\n]*(?:业务|用户|客户|订单|客戶|customers?|users?|orders?|business)[^。！？.!?\n]*/i;

/** A draft by a model that cannot think: the first sentence, what looks like a time, an id or a Region, and the service that is named most. */
export function draft(data: string, system: string): string {
  const said = data.trim();
  const [service, category] = chosen(said, system);
  const [sentence = said] = said.split(/(?<=[。！？!?])|(?<=\.)\s|\n/);
  const lines = {
    subject: sentence.replace(/[。.]$/, '').slice(0, 80),
    service,
    category,
    severity: /生产|production/i.test(said) ? 'urgent' : 'normal',
    type: /账单|发票|bill/i.test(said) ? 'customer-service' : 'technical',
    time: TIME.exec(said)?.[0].trim(),
    resources: said.match(RESOURCE)?.join(', '),
    region: REGION.exec(said)?.[0],
    symptoms: said.replace(/\s+/g, ' ').slice(0, 200),
    impact: IMPACT.exec(said)?.[0].trim(),
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value || '-'}`)
    .join('\n');
}

/** The first of the list that the text names by its code's or name's words; the first of all if none. */
function chosen(said: string, system: string): [string, string] {
  const lists = [...system.matchAll(/^([\w-]+) \((.*)\): (.*)$/gm)].map(
    ([, code = '', name = '', categories = '']) => ({
      code,
      name,
      categories: categories.split(', '),
    }),
  );
  const words = said.toLowerCase();
  const named = lists.find(({ name }) =>
    name.split(/[^\w]+/).some((part) => part.length > 2 && words.includes(part.toLowerCase())),
  );
  const { code = '-', categories = [] } = named ?? lists[0] ?? {};
  return [code, categories.find((one) => one.includes('other') || one.includes('general')) ?? categories[0] ?? '-'];
}
