import { BOT, PEOPLE } from './organisation';

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What Slack makes of what a person types: signs escaped, addresses linked, people of the workspace called by `@name`. */
export function markup(text: string, mention = false): string {
  const escaped = text.replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign);
  const linked = escaped.replace(/https?:\/\/[^\s<>]+/g, (url) => `<${url}>`);
  const called = PEOPLE.reduce((said, { id, name }) => said.replaceAll(`@${name}`, `<@${id}>`), linked);
  return mention ? `<@${BOT}> ${called}` : called;
}
