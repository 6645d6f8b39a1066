import type { Fact, Link } from './card';
import { isHttpUrl, type Look, target, verbatim } from './markdown';
import { printLink } from './printout';

/** A fact as one line of markdown: `**label**: value`. */
export function factLine({ label, value }: Fact, look: Look): string {
  const shown = verbatim(value, look);
  return label ? `${look.bold(look.plain(label))}: ${shown}` : shown;
}

/** A link as one line of markdown; one that is not http or https is shown as text. */
export function linkLine(link: Link, look: Look): string {
  if (!link.label.trim() || !isHttpUrl(link.url)) return verbatim(printLink(link), look);
  return look.link(look.plain(link.label), target(link.url));
}

/** Somebody else's words as a quote of markdown, every line marked. */
export function quoteLines(quote: string, look: Look): string {
  return `> ${verbatim(quote, look).replaceAll('\n', '\n> ')}`;
}
