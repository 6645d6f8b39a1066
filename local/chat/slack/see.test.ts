import { view } from './see';

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const linesOf = (text: string) => view({ blocks: [section(text)] }).lines;

describe('a Slack message, as a person sees it', () => {
  it('takes the title from the header and the colour from the attachment', () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: '告警' } }, section('a')];
    expect(view({ attachments: [{ color: '#e01e5a', blocks }] })).toMatchObject({
      title: '告警',
      mark: '#e01e5a',
      lines: ['a'],
    });
  });

  it('takes the mark from an emoji, by its name too', () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: ':red_circle: 告警' } }];
    expect(view({ blocks })).toMatchObject({ title: '告警', mark: '🔴' });
  });

  it('reads bold, italic, strike, code, links and quotations', () => {
    expect(linesOf('*账户*: `a*b*c` _i_ ~s~ <https://a.example/x_y_z|控制台>\n> q\n&gt; r')).toEqual([
      '账户: a*b*c i s 控制台 <https://a.example/x_y_z>',
      '│ q',
      '│ r',
    ]);
  });

  it('reads entities last, so that an escaped call is only letters', () => {
    expect(linesOf('&lt;!channel&gt; &amp;lt; a&amp;b')).toEqual(['<!channel> &lt; a&b']);
    expect(view({ text: '&lt;!channel&gt; @channel @here' }).mentions).toEqual([]);
  });

  it('calls by <!channel>, <!here>, groups and people', () => {
    expect(view({ blocks: [section('<!channel> <!here> <!subteam^S1> <@U1|li> <#C1|ops>')] })).toMatchObject({
      lines: ['@all @here @S1 @U1 #ops'],
      mentions: ['@all', '@here', '@S1', '@U1'],
    });
  });

  it('fears calls in code, and in the text that blocks are shown instead of', () => {
    expect(view({ blocks: [section('`<!here>`')] }).mentions).toEqual(['@here']);
    expect(view({ text: '<!channel>', blocks: [section('a')] })).toMatchObject({ lines: ['a'], mentions: ['@all'] });
  });

  it('calls nobody by plain_text', () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: '<!channel>' } }];
    expect(view({ blocks })).toMatchObject({ title: '<!channel>', mentions: [] });
  });

  it('lets a bare @channel call where the message asks for it', () => {
    expect(view({ text: 'a @channel', link_names: 1 }).mentions).toEqual(['@all']);
    expect(view({ text: 'a@here @here', parse: 'full' }).mentions).toEqual(['@here']);
  });

  it('shows fields, contexts, rules, buttons and attachments of the old kind', () => {
    const blocks = [
      { type: 'section', fields: [{ type: 'mrkdwn', text: '*a*\n1' }] },
      { type: 'divider' },
      { type: 'context', elements: [{ type: 'plain_text', text: '*c*' }] },
      {
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: '开' }, url: 'https://a.example' }],
      },
    ];
    expect(view({ blocks }).lines).toEqual(['a', '1', '────', '*c*', '开 <https://a.example>']);
    const attachments = [{ color: 'danger', title: 't', text: '*x*', fields: [{ title: 'k', value: 'v' }] }];
    expect(view({ text: 'hi', attachments })).toMatchObject({ mark: 'danger', lines: ['hi', 't', 'x', 'k: v'] });
  });
});
