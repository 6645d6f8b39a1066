import { readWords } from './words';

const read = (markup: string) => readWords(markup, ['U0BOT']);

it.each([
  ['<@U0BOT> open the case', 'open the case'],
  ['  <@U0BOT>:  open', 'open'],
  ['<@U0BOT|casebell>，打开工单', '打开工单'],
  ['please <@U0BOT> open', 'please open'],
  ['open <@U0BOT>', 'open'],
  ['one\n<@U0BOT>\n\ntwo', 'one\n\n\ntwo'],
  ['<@U0BOT>', ''],
  ['<@U0BOT> <@U0BOT> twice', 'twice'],
])('takes the bot off %j, and nothing else', (markup, text) => {
  expect(read(markup)).toEqual({ text, mentions: [], callsBot: true });
});

it('keeps every word behind a mention', () => {
  expect(read('<@U0BOT> my instance i-123 is down since 10:00').text).toBe('my instance i-123 is down since 10:00');
});

it('shows other people by their ids, and says who they are', () => {
  expect(read('<@U1> and <@U2|alice> and <@U1>')).toEqual({
    text: '@U1 and @U2 and @U1',
    mentions: [{ id: 'U1' }, { id: 'U2', name: 'alice' }],
    callsBot: false,
  });
});

it.each([
  ['<https://a.example/x?a=1&amp;b=2>', 'https://a.example/x?a=1&b=2'],
  ['<http://a.example|a.example>', 'a.example'],
  ['<mailto:li@a.example|li@a.example>', 'li@a.example'],
  ['<https://a.example|控制台>', '控制台 (https://a.example)'],
  ['<#C1|ops>', '#ops'],
  ['<#C1>', '#C1'],
  ['<!channel> <!here> <!subteam^S1|@oncall> <!subteam^S2>', '@channel @here @oncall @S2'],
  ['<!date^1392734382^{date}|Feb 18>', 'Feb 18'],
  ['&lt;@U0BOT&gt; &amp;lt; a &lt; b', '<@U0BOT> &lt; a < b'],
  ['if a <b> c then <', 'if a <b> c then <'],
  ['*bold* _it_ `code` :fire:', '*bold* _it_ `code` :fire:'],
])('reads %j as a person does', (markup, text) => {
  expect(read(markup)).toEqual({ text, mentions: [], callsBot: false });
});

it.each([' ', '<', '<@', '<@U0BOT> ', '&', '\uffff'])('reads half a megabyte of %j at once', (piece) => {
  const began = performance.now();
  read(piece.repeat(500_000 / piece.length));
  expect(performance.now() - began).toBeLessThan(3_000);
});
