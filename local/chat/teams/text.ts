import { type Grammar, readInline } from '../inline';

/** Adaptive Cards page "text features": bold, italic, lists and links; no headings, no tables, no code. */
const GRAMMAR: Grammar = { escapes: true, entities: true, italic: true };
/** A call stands between unescaped tags; anything else that looks like one is letters. */
const CALL = /(?<!\\)<at>([^<]*)<\/at>/g;
const ITEM = /^\s*(?:[-*]|(\d+\.))\s+/;

/**
 * A TextBlock's text as a person reads it, line by line. Whether a lone `\n` breaks the line differs between clients
 * and is not promised, so here only an empty line or a list item does.
 */
export function readText(text: string): string[] {
  const lines: string[] = [];
  const source = text.replace(CALL, '@$1').split(/\r?\n/);
  source.forEach((line, index) => {
    if (line.trim() === '') return;
    const fresh = index === 0 || source[index - 1]?.trim() === '' || ITEM.test(line);
    if (fresh) lines.push(line);
    else lines.push(`${lines.pop() ?? ''} ${line}`);
  });
  return lines.map((line) =>
    readInline(
      line.replace(ITEM, (_, number) => `${number ?? '•'} `),
      GRAMMAR,
    ),
  );
}
