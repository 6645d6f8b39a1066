import { view } from './see';

const markdown = (text: string, at = {}) => view({ msgtype: 'markdown', markdown: { title: 'preview', text }, at });

describe('a DingTalk message, as a person sees it', () => {
  it('takes title and mark from the heading, for it has no colours', () => {
    expect(markdown('#### 🔴 EC2 已停止\n正文')).toMatchObject({ title: 'EC2 已停止', mark: '🔴', lines: ['正文'] });
  });

  it('falls back to the preview title where the text has no heading', () => {
    expect(markdown('正文')).toMatchObject({ title: 'preview', mark: '', lines: ['正文'] });
  });

  it('swallows a bare line break', () => {
    expect(markdown('账户: 1\n区域: 2').lines).toEqual(['账户: 1 区域: 2']);
  });

  it('breaks at two spaces, at an empty line, and before an item, a quotation and a heading', () => {
    expect(markdown('a  \nb\n\nc\n- d\n- e\n> f\n# g\nh').lines).toEqual([
      'a',
      'b',
      'c',
      '• d',
      '• e',
      '│ f',
      'g',
      'h',
    ]);
  });

  it('joins quoted lines unless they end in two spaces', () => {
    expect(markdown('> a\n> b  \n> c').lines).toEqual(['│ a b', '│ c']);
  });

  it('reads bold, links and code, and leaves what a backslash escapes', () => {
    expect(
      markdown('**账户**: `a*b*c` [控制台](https://a.example/x_y_z) \\*\\*not bold\\*\\* 2\\. _so_').lines,
    ).toEqual(['账户: a*b*c 控制台 <https://a.example/x_y_z> **not bold** 2. so']);
  });

  it('shows the page inside a dingtalk:// link', () => {
    const inner = 'https://console.aws.amazon.com/?a=b&c=d';
    const url = `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(inner)}&pc_slide=false`;
    const card = { title: 't', text: 'x', btns: [{ title: '打开', actionURL: url }] };
    expect(view({ msgtype: 'actionCard', actionCard: card }).lines).toEqual(['x', `打开 <${inner}>`]);
  });

  it('calls nobody because of words in the text', () => {
    expect(markdown('@all @13800000000 @所有人').mentions).toEqual([]);
  });

  it('calls whom `at` names and the text shows, and everyone by isAtAll', () => {
    const at = { atMobiles: ['13800000000', '13900000000'], atUserIds: ['li'], isAtAll: true };
    expect(markdown('@13800000000 @li', at).mentions).toEqual(['@13800000000', '@li', '@all']);
  });

  it('shows a text letter by letter', () => {
    expect(view({ msgtype: 'text', text: { content: '# **a**\nb' } }).lines).toEqual(['# **a**', 'b']);
  });

  it('shows link and feedCard, which can call nobody', () => {
    const link = { title: 't', text: 'x', messageUrl: 'https://a.example' };
    expect(view({ msgtype: 'link', link, at: { isAtAll: true } })).toMatchObject({
      title: 't',
      lines: ['x', '<https://a.example>'],
      mentions: [],
    });
    const links = [{ title: 'a', messageURL: 'https://a.example' }];
    expect(view({ msgtype: 'feedCard', feedCard: { links } }).lines).toEqual(['a <https://a.example>']);
  });
});
