/** What a text names that could be looked up, called or opened: by its kind, as a refusal is logged. */
export type Thing = 'url' | 'mention' | 'account' | 'id' | 'number';

const URLS = /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'<>，。；、！？（）「」“”]+|\bwww\.[^\s，。；、]+/gi;
/** An address that is written so that no filter knows it. */
const DISGUISED =
  /\b(?:dot|\(dot\)) ?(?:com|net|org|info|io|cn|dev|app|co|xyz|top)\b|\bhxxps?\b|点(?:com|cn|net|org)(?![\w])/i;
const SCHEMES = /\b(?:javascript|data|mailto|tel|file|vbscript):\S/i;
/** Whoever writes an event may put any address into it, and a summary would recommend it: only AWS's own may be named. */
const AWS_HOST =
  /^s3:\/\/|^[a-z]+:\/\/(?:[\w-]+\.)*(?:aws\.amazon\.com|amazonaws\.com|amazonaws\.cn|aws\.dev)(?:[/?#]|$)/i;
const DOMAINS = /(?<![\w-])(?:[\w-]{1,63}\.){1,9}[a-z]{2,24}(?!\w)/gi;
const WORDS = /[A-Za-z0-9](?:[\w.,:/+%*=#-]{0,2000}[\w%])?/g;
const NUMBER = /^\d[\d,]*(?:\.\d+)?%?$/;
/** `30GB`, `5min`, `80%`, `30-minute`: a number and its unit. */
const MEASURE = /^(\d[\d,]*(?:\.\d+)?)(?:[a-z]{1,5}|-[a-z]{1,10}|%)$/;
/** `2-3`. */
const RANGE = /^\d[\d,.]*%?-\d[\d,.]*%?$/;
/** Names of everyday things that have a digit and need not stand in the event. */
const EVERYDAY: ReadonlySet<string> = new Set(['ec2', 's3', 'ipv4', 'ipv6']);

/** The first thing in a text that the other does not have, letter by letter (but for upper and lower case). No `@` is let through, whose ever. */
export function strangeThing(said: string, known: string): Thing | undefined {
  const urls = new Set(urlsIn(known));
  const foreign = urlsIn(said).some((url) => !urls.has(url) || !AWS_HOST.test(url));
  if (foreign || SCHEMES.test(said) || DISGUISED.test(said)) return 'url';
  const rest = said.replace(URLS, ' ');
  if (rest.includes('@')) return 'mention';
  const words = wordsIn(known);
  if ([...rest.matchAll(DOMAINS)].some(([domain]) => !words.has(domain.toLowerCase()))) return 'url';
  const strange = plainWords(rest).find((word) => /\d/.test(word) && !isKnown(word, words));
  if (strange !== undefined) return kindOf(strange);
  return isArnStrange(rest, words) || isNameStrange(rest, words) ? 'id' : undefined;
}

const trimmed = (url: string): string => url.replace(/[.,;:!?)\]}>'"]+$/, '');
const urlsIn = (text: string): string[] => (text.match(URLS) ?? []).map(trimmed);

const plainWords = (text: string): string[] => (text.match(WORDS) ?? []).map((word) => word.toLowerCase());

/** Words, what stands between colons, slashes and the like in them, and the numbers of measures; all in lower case. */
function wordsIn(text: string): Set<string> {
  const whole = plainWords(text);
  const split = whole.flatMap((word) => [word, ...word.split(/[:/,=#*+]/), ...domainsOf(word), ...partsOf(word)]);
  return new Set(split.flatMap((word) => [word, bare(word), ...(measured(word) ?? [])]));
}

/** `p99` of `checkout-latency-p99`: what has letters and digits, so that no number of an id becomes one of its own. */
const partsOf = (word: string): string[] =>
  word.split(/[-_]/).filter((part) => /^(?=.*[a-z])(?=.*\d)[a-z0-9]{2,6}$/.test(part));
const domainsOf = (word: string): string[] => word.match(DOMAINS) ?? [];
const measured = (word: string): string[] | undefined => {
  const number = MEASURE.exec(word)?.[1];
  return number === undefined ? undefined : [bare(number)];
};

/** `1,000` is 1000, and `80.0%` is 80; but 15.10 is not 15.1, for it may be a version. */
function bare(word: string): string {
  if (!NUMBER.test(word)) return word;
  const number = word.replace(/[,%]/g, '');
  return number.replace(/\.0+$/, '');
}

function isKnown(word: string, known: ReadonlySet<string>): boolean {
  if (known.has(word) || known.has(bare(word)) || EVERYDAY.has(word)) return true;
  const [number] = measured(word) ?? [];
  if (number !== undefined && known.has(number)) return true;
  const parts = word.startsWith('arn:') ? [] : word.split(RANGE.test(word) ? '-' : /[:/,=+]/);
  return parts.length > 1 && parts.every((part) => !/\d/.test(part) || isKnown(part, known));
}

const isArnStrange = (said: string, known: ReadonlySet<string>): boolean =>
  plainWords(said).some((word) => word.startsWith('arn:') && !known.has(word));

/** `orders-primary`: what people call things. */
const NAME = /^[a-z]{3,}(?:[-_][a-z]+)+$/;
/** What words of a language are made with, and no names. */
const ENGLISH =
  /^(?:all|auto|cross|end|fail|five|four|front|full|half|hard|high|long|low|mid|multi|near|non|off|once|one|over|per|post|pre|read|real|right|self|semi|short|single|six|soft|sub|ten|third|three|time|top|two|under|up|well|write)[-_]|[-_](?:and|aware|based|bound|by|driven|facing|free|hand|hosted|level|like|made|only|owned|ready|related|side|specific|style|term|to|up|wide)(?:$|[-_])/;

/** Whether it names a sister of something: `orders-replica` where there is an `orders-primary`. */
function isNameStrange(said: string, known: ReadonlySet<string>): boolean {
  const strange = plainWords(said).filter((word) => NAME.test(word) && !ENGLISH.test(word) && !known.has(word));
  if (strange.length === 0) return false;
  const names = [...known].filter((word) => /^[a-z]{2,}[-_]/.test(word));
  const families = new Set(names.flatMap(endsOf));
  return strange.some(
    (word) => endsOf(word).some((end) => families.has(end)) && !names.some((name) => name.includes(word)),
  );
}

/** `orders-` and `-primary`. */
const endsOf = (name: string): string[] => {
  const parts = name.split(/[-_]/);
  return [`${parts[0]}-`, `-${parts.at(-1)}`];
};

function kindOf(word: string): Thing {
  if (/^\d{12}$/.test(word)) return 'account';
  return NUMBER.test(word) || MEASURE.test(word) ? 'number' : 'id';
}
