import { type Grammar, readInline } from '../inline';

/** That a backslash escapes is what its clients do; the official page does not mention it. */
const GRAMMAR: Grammar = { escapes: true, entities: true, italic: true };

const HEADING = /^#{1,6}\s+/;
const ITEM = /^\s*(?:[-*+]|(\d+\.))\s+/;
const QUOTE = /^\s*>\s?/;

/** The heading a message begins with, if it does, and the lines below it, each as a person sees it. */
export function readMarkdown(text: string): { heading: string | undefined; lines: string[] } {
  const lines = flow(text.split('\n'));
  const [first = ''] = lines;
  const heading = HEADING.test(first) ? show(first) : undefined;
  return { heading, lines: lines.slice(heading === undefined ? 0 : 1).map(show) };
}

/** A bare `\n` is swallowed: only two spaces before it, an empty line or a new block begins a new line. */
function flow(source: string[]): string[] {
  const lines: string[] = [];
  source.forEach((line, index) => {
    const before = source[index - 1];
    if (line.trim() === '') return;
    if (before === undefined || breaksAfter(before) || breaksBefore(line, before)) lines.push(line);
    else lines.push(`${(lines.pop() ?? '').trimEnd()} ${line.replace(QUOTE, '').trim()}`);
  });
  return lines;
}

function breaksAfter(line: string): boolean {
  return line.trim() === '' || line.endsWith('  ') || HEADING.test(line);
}

function breaksBefore(line: string, before: string): boolean {
  return HEADING.test(line) || ITEM.test(line) || (QUOTE.test(line) && !QUOTE.test(before));
}

function show(line: string): string {
  if (QUOTE.test(line)) return `│ ${show(line.replace(QUOTE, ''))}`;
  const plain = line
    .trim()
    .replace(HEADING, '')
    .replace(ITEM, (_, number) => `${number ?? '•'} `);
  return readInline(plain, GRAMMAR).trim();
}
