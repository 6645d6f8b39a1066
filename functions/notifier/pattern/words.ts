import { InvalidPattern } from './invalid-pattern';
import { isObject, ofText, onlyEntry, type Test, text } from './leaf';

/** `prefix` and `suffix`: a string, or `{ "equals-ignore-case": string }`. */
function affix(operator: string, holds: (whole: string, part: string) => boolean): (operand: unknown) => Test {
  return (operand) => {
    if (!isObject(operand)) {
      const part = text(operand, operator);
      return ofText((whole) => holds(whole, part));
    }
    const [modifier, value] = onlyEntry(operand);
    if (modifier !== 'equals-ignore-case') throw new InvalidPattern(`${operator} does not know "${modifier}".`);
    const part = text(value, modifier).toLowerCase();
    return ofText((whole) => holds(whole.toLowerCase(), part));
  };
}

export const prefix = affix('prefix', (whole, part) => whole.startsWith(part));

export const suffix = affix('suffix', (whole, part) => whole.endsWith(part));

export function equalsIgnoreCase(operand: unknown): Test {
  const wanted = text(operand, 'equals-ignore-case').toLowerCase();
  return ofText((whole) => whole.toLowerCase() === wanted);
}

/** The literal pieces between the stars; `\*` and `\\` stand for themselves and any other escape is refused. */
function pieces(wildcard: string): string[] {
  const found = [''];
  for (const [token] of wildcard.matchAll(/\\[\s\S]?|\*+|[^\\*]+/g)) {
    if (token.startsWith('**')) throw new InvalidPattern('A wildcard must not have consecutive stars.');
    if (token === '*') found.push('');
    else if (!token.startsWith('\\')) found.push(`${found.pop()}${token}`);
    else if (token === '\\*' || token === '\\\\') found.push(`${found.pop()}${token.charAt(1)}`);
    else throw new InvalidPattern('A backslash in a wildcard may only escape a star or a backslash.');
  }
  return found;
}

/** Searches piece by piece instead of by regular expression: a hostile text cannot make it backtrack. */
export function wildcard(operand: unknown): Test {
  const [head = '', ...rest] = pieces(text(operand, 'wildcard'));
  const tail = rest.pop();
  if (tail === undefined) return ofText((whole) => whole === head);
  return ofText((whole) => {
    const end = whole.length - tail.length;
    if (end < head.length || !whole.startsWith(head) || !whole.endsWith(tail)) return false;
    let from = head.length;
    for (const piece of rest) {
      const at = whole.indexOf(piece, from);
      if (at < 0 || at + piece.length > end) return false;
      from = at + piece.length;
    }
    return true;
  });
}
