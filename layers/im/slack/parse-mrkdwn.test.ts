import { parseMrkdwn } from './parse-mrkdwn';

const parse = (markup: string) => parseMrkdwn(markup, ['U0BOT']);

it.each([
  ['<@U0BOT> open the case', 'open the case'],
  ['<@U0BOT> my instance i-123 is down since 10:00', 'my instance i-123 is down since 10:00'],
  ['  <@U0BOT>:  open', 'open'],
  ['<@U0BOT|casebell>，打开工单', '打开工单'],
  ['please <@U0BOT> open', 'please open'],
  ['open <@U0BOT>', 'open'],
  ['one\n<@U0BOT>\n\ntwo', 'one\n\n\ntwo'],
  ['<@U0BOT>', ''],
  ['<@U0BOT> <@U0BOT> twice', 'twice'],
])('removes the mention of the bot from %j, and nothing else', (markup, text) => {
  expect(parse(markup)).toEqual({ text, mentions: [], mentionsBot: true });
});

it('shows other people by their ids, and lists them', () => {
  expect(parse('<@U1> and <@U2|alice> and <@U1>')).toEqual({
    text: '@U1 and @U2 and @U1',
    mentions: [{ id: 'U1' }, { id: 'U2', name: 'alice' }],
    mentionsBot: false,
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
])('reads %j as a person sees it', (markup, text) => {
  expect(parse(markup)).toEqual({ text, mentions: [], mentionsBot: false });
});

// Quadratic behaviour would run into the timeout of the test.
it.each([' ', '<', '<@', '<@U0BOT> ', '&', '\uffff'])('reads half a megabyte of %j', (piece) => {
  expect(typeof parse(piece.repeat(500_000 / piece.length)).text).toBe('string');
});
