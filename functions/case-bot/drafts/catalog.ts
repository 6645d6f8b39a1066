import Fuse from 'fuse.js';
import type { SupportOption, SupportService } from '../domain/support-client';
import { toSearchKey } from '../domain/text';

/** Other names of services and categories, by a part of their code. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'elastic-load-balancing': ['负载均衡', '负载均衡器', 'alb', 'nlb', 'clb'],
  'elastic-compute-cloud': ['云服务器', '虚拟机', '实例', '主机'],
  'simple-storage-service': ['对象存储', '存储桶'],
  'relational-database': ['数据库', '关系数据库'],
  'virtual-private-cloud': ['网络', '私有网络', '专有网络'],
  'identity-and-access': ['权限', '访问管理', '身份'],
  cloudfront: ['cdn', '内容分发'],
  'route-53': ['域名', 'dns', '域名解析'],
  lambda: ['函数', '无服务器', 'serverless'],
  dynamodb: ['键值数据库'],
  elasticache: ['缓存', 'redis', 'memcached'],
  'direct-connect': ['专线', 'dx'],
  'elastic-kubernetes': ['容器', 'k8s', 'kubernetes', 'eks'],
  'elastic-container': ['容器'],
  billing: ['账单', '费用', '计费', '发票'],
  account: ['账号', '账户'],
  'general-info': ['一般咨询', '其他', '通用'],
  'service-quotas': ['配额', '限额', '提额'],
  cloudwatch: ['监控', '告警', '日志'],
  'key-management': ['密钥', '加密'],
  other: ['其他', '其它'],
  'general-guidance': ['一般咨询', '使用指导'],
};

interface Entry<T extends SupportOption> {
  choice: T;
  code: string;
  name: string;
  words: readonly string[];
}

/** Best matches first: the exact code or name, then abbreviations, then names that contain the text; else similar names. */
export function search<T extends SupportOption>(choices: readonly T[], wanted: string): T[] {
  const query = toSearchKey(wanted);
  if (query === '') return [];
  const entries = choices.map(entryOf);
  const matches = [...new Set(RANKS.flatMap((matchesRank) => entries.filter((entry) => matchesRank(entry, query))))];
  return (matches.length > 0 ? matches : similar(entries, query)).map(({ choice }) => choice);
}

/** The only match; undefined where there are several, or none. */
export function pick<T extends SupportOption>(choices: readonly T[], wanted: string): T | undefined {
  const query = toSearchKey(wanted);
  const exact = choices.find(({ code, name }) => code.toLowerCase() === query || name.toLowerCase() === query);
  if (exact) return exact;
  const found = search(choices, wanted);
  return found.length === 1 ? found[0] : undefined;
}

const RANKS: readonly ((entry: Entry<SupportOption>, query: string) => boolean)[] = [
  ({ code, name }, query) => code === query || name === query,
  ({ words }, query) => words.includes(query),
  ({ words }, query) => query.length > 1 && words.some((word) => word.startsWith(query)),
  ({ code, name }, query) => query.length > 2 && (code.includes(query) || name.includes(query)),
  ({ code, name }, query) =>
    query.includes(' ') && query.split(/\s+/).every((part) => `${code} ${name}`.includes(part)),
];

function similar<T extends SupportOption>(entries: Entry<T>[], query: string): Entry<T>[] {
  const fuse = new Fuse(entries, { keys: ['name', 'code', 'words'], threshold: 0.35, ignoreLocation: true });
  return fuse.search(query).map(({ item }) => item);
}

const entryOf = <T extends SupportOption>(choice: T): Entry<T> => ({
  choice,
  code: choice.code.toLowerCase(),
  name: choice.name.toLowerCase(),
  words: searchTerms(choice),
});

/** All words that find the option, in lower case. */
export function searchTerms(choice: SupportOption): string[] {
  const [code, name] = [choice.code.toLowerCase(), choice.name.toLowerCase()];
  const aliases = Object.entries(ALIASES).flatMap(([part, words]) => (code.includes(part) ? words : []));
  const words = [...code.split('-'), ...name.split(/[^\p{L}\p{N}]+/u), initials(code), initials(name), ...aliases];
  return words.filter(Boolean);
}

/** `rdsm` for `amazon-relational-database-service-mysql`, which starts with RDS; `elb` for `Elastic Load Balancing`. */
function initials(text: string): string {
  const parts = text.split(/[^a-z0-9]+/).filter((part) => part !== '' && !FILLER_WORDS.includes(part));
  return parts.length > 1 ? parts.map((part) => part.charAt(0)).join('') : '';
}

const FILLER_WORDS = ['amazon', 'aws', 'and', 'for', 'of', 'the'];

/** On a card with several services, a few categories are enough to tell the services apart. */
const MAX_CATEGORIES = 12;

/** A service and its categories, as lines of a card. @param serviceCount how many services the card shows; of a single one, all categories are shown */
export function describeService({ code, name, categories }: SupportService, serviceCount = 1): string {
  const max = serviceCount > 1 ? MAX_CATEGORIES : categories.length;
  const shown = categories.slice(0, max).map((category) => `\`${category.code}\``);
  const more = categories.length > max ? ' …' : '';
  return `**${name.replaceAll('*', '')}**\nserviceCode: \`${code}\`\ncategoryCode: ${shown.join(' ')}${more}`;
}
