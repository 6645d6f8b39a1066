import { view } from './see';

const card = (content: string, header = {}) =>
  view({
    msg_type: 'interactive',
    card: { schema: '2.0', header, body: { elements: [{ tag: 'markdown', content }] } },
  });

describe('a Feishu message, as a person sees it', () => {
  it('takes title and colour from the header', () => {
    const header = { title: { tag: 'plain_text', content: 'GuardDuty 高危' }, template: 'red' };
    expect(card('a', header)).toMatchObject({ title: 'GuardDuty 高危', mark: 'red' });
  });

  it('reads markdown, and entities last', () => {
    expect(
      card('**账户**: 1\n- `a*b`\n[控制台](https://a.example) &#42;&#42;b&#42;&#42;&nbsp;&lt;i&gt;').lines,
    ).toEqual(['账户: 1', '• a*b', '控制台 <https://a.example> **b** <i>']);
  });

  it('takes colours and tags of its own away and keeps their words', () => {
    expect(card("<font color='red'>危险</font> <text_tag color='blue'>新</text_tag>").lines).toEqual(['危险 新']);
  });

  it('calls by <at> with an id', () => {
    expect(card('<at id=all></at> <at id="ou_1"></at> <at ids=ou_2,ou_3></at>').mentions).toEqual([
      '@all',
      '@ou_1',
      '@ou_2',
      '@ou_3',
    ]);
  });

  it('calls nobody by an escaped <at>, by e-mail, or in the syntax of texts', () => {
    expect(
      card('&#60;at id=all&#62;&#60;/at&#62; <at email=a@b.example></at> <at user_id="all"></at>').mentions,
    ).toEqual([]);
  });

  it('fears that <at> calls inside code too', () => {
    expect(card('`<at id=all></at>`').mentions).toEqual(['@all']);
  });

  it('shows plain_text letter by letter, and calls nobody by it', () => {
    const elements = [{ tag: 'div', text: { tag: 'plain_text', content: '**a** <at id=all></at>' } }];
    const seen = view({ msg_type: 'interactive', card: { schema: '2.0', body: { elements } } });
    expect(seen).toMatchObject({ lines: ['**a** <at id=all></at>'], mentions: [] });
  });

  it('shows rules, columns and link buttons', () => {
    const button = {
      tag: 'button',
      text: { tag: 'plain_text', content: '打开' },
      behaviors: [{ type: 'open_url', default_url: 'https://a.example' }],
    };
    const columns = [{ tag: 'column', elements: [{ tag: 'markdown', content: 'a' }, button] }];
    const elements = [{ tag: 'hr' }, { tag: 'column_set', columns }];
    expect(view({ msg_type: 'interactive', card: { schema: '2.0', body: { elements } } }).lines).toEqual([
      '────',
      'a',
      '打开 <https://a.example>',
    ]);
  });

  it('shows texts and posts, which call by user_id', () => {
    expect(view({ msg_type: 'text', content: { text: '<at user_id="all">所有人</at> a' } })).toMatchObject({
      lines: ['@all a'],
      mentions: ['@all'],
    });
    const paragraph = [
      { tag: 'text', text: 'x ' },
      { tag: 'a', text: '开', href: 'https://a.example' },
      { tag: 'at', user_id: 'ou_1' },
    ];
    expect(view({ msg_type: 'post', content: { post: { zh_cn: { title: '🔴 题', content: [paragraph] } } } })).toEqual({
      title: '题',
      mark: '🔴',
      lines: ['x 开 <https://a.example>@ou_1'],
      mentions: ['@ou_1'],
    });
  });

  it('shows what is to be filled in, and what is in it already', () => {
    const hint = { tag: 'plain_text', content: '一句话' };
    const options = [{ text: { tag: 'plain_text', content: '急' }, value: 'urgent' }];
    const elements = [
      { tag: 'input', name: 'a', placeholder: hint },
      { tag: 'input', name: 'b', placeholder: hint, default_value: '连不上' },
      { tag: 'select_static', name: 'c', placeholder: hint, options },
      { tag: 'select_static', name: 'd', placeholder: hint, options, initial_option: 'urgent' },
    ];
    const body = { elements: [{ tag: 'form', name: 'f', elements }] };
    expect(view({ msg_type: 'interactive', card: { schema: '2.0', body } }).lines).toEqual([
      '[ 一句话 ]',
      '[ 连不上 ]',
      '[ 一句话 ▾ ]',
      '[ 急 ▾ ]',
    ]);
  });
});
