import { view } from './see';

const markdown = (content: string) => view({ msgtype: 'markdown', markdown: { content } });

describe('a WeCom message, as a person sees it', () => {
  it.each([
    ['warning', 'orange'],
    ['info', 'green'],
    ['comment', 'grey'],
  ])('shows the colour %s as %s', (name, colour) => {
    expect(markdown(`# <font color="${name}">告警</font>\na`)).toMatchObject({
      title: '告警',
      mark: colour,
      lines: ['a'],
    });
  });

  it('takes a first line in bold for a title, and its emoji for a mark', () => {
    expect(markdown('**🔴 告警**\na')).toMatchObject({ title: '告警', mark: '🔴', lines: ['a'] });
  });

  it('reads quotations, bold, links and code, but neither lists nor escapes', () => {
    expect(markdown('a\n>账户: **1**\n[开](https://a.example) `b`\n- c \\* _d_ &lt;').lines).toEqual([
      'a',
      '│ 账户: 1',
      '开 <https://a.example> b',
      '- c \\* _d_ &lt;',
    ]);
  });

  it('calls by <@userid> in markdown only', () => {
    expect(markdown('x\n<@zhangsan> @all').mentions).toEqual(['@zhangsan']);
    expect(view({ msgtype: 'markdown_v2', markdown_v2: { content: '<@zhangsan>' } }).mentions).toEqual([]);
    expect(view({ msgtype: 'text', text: { content: '<@zhangsan> @all' } }).mentions).toEqual([]);
  });

  it('calls by the lists of a text', () => {
    const text = { content: 'x', mentioned_list: ['li', '@all'], mentioned_mobile_list: ['13800000000'] };
    expect(view({ msgtype: 'text', text }).mentions).toEqual(['@li', '@all', '@13800000000']);
  });

  it('reads lists in markdown_v2', () => {
    expect(view({ msgtype: 'markdown_v2', markdown_v2: { content: '- *a*\nb' } }).lines).toEqual(['• a', 'b']);
  });
});
