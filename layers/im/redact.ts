import { truncate } from './text';

const MAX_LOGGED_BYTES = 400;

/** Web addresses, IP addresses, and anything long enough to be a key: platforms echo them in their error texts. */
const PRIVATE =
  /https?:\/\/\S+|from ip:\s*\S*|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?=[\w-]*\d)[\w-]{20,}|\b(?:key|token|sign|sig|secret)=\S+/gi;

/** One line that may be logged: no url, no address, none of these secrets, no control characters. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, '***');
  return truncate(
    truncate(clean, MAX_LOGGED_BYTES * 4)
      .replace(PRIVATE, '***')
      .replace(/[\p{C}\s]+/gu, ' '),
    MAX_LOGGED_BYTES,
  );
}

/** What no log or error may repeat of a webhook: the url, its keys in path and query, and the signing secret. */
export function secretsOf(url: URL, secret?: string): string[] {
  const values = [...url.searchParams.values(), ...url.pathname.split('/').filter((part) => /[A-Z0-9]/.test(part))];
  const keys = values.filter((value) => value.length >= 6);
  return [url.href, ...keys, ...keys.map(encodeURIComponent), ...(secret ? [secret] : [])].sort(byLength);
}

function byLength(a: string, b: string): number {
  return b.length - a.length;
}
