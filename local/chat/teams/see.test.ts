import { view } from './see';

const card = (content: object) =>
  view({ type: 'message', attachments: [{ content: { type: 'AdaptiveCard', version: '1.4', ...content } }] });
const block = (text: string, more = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });
const li = { type: 'mention', text: '<at>Li</at>', mentioned: { id: 'li@corp.example', name: 'Li' } };

describe('a Teams message, as a person sees it', () => {
  it('takes title and colour from the heading', () => {
    const body = [block('告警', { weight: 'Bolder', color: 'Attention' }), block('a')];
    expect(card({ body })).toMatchObject({ title: '告警', mark: 'Attention', lines: ['a'] });
  });

  it('takes the mark from an emoji where there is no colour', () => {
    expect(card({ body: [block('🔴 告警', { size: 'Large' })] })).toMatchObject({ title: '告警', mark: '🔴' });
  });

  it('shows facts, containers, rich text and the actions that open a page', () => {
    const open = { type: 'Action.OpenUrl', title: '开', url: 'https://a.example' };
    const body = [
      { type: 'FactSet', facts: [{ title: '账户:', value: '**1**' }] },
      { type: 'Container', items: [{ type: 'ColumnSet', columns: [{ items: [block('in')] }] }] },
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '*a*' }] },
      { type: 'ActionSet', actions: [open] },
    ];
    const actions = [open, { type: 'Action.Submit', title: 'no bot listens' }];
    const line = '开 <https://a.example>';
    expect(card({ body, actions }).lines).toEqual(['账户: 1', 'in', '*a*', line, line]);
  });

  it('reads bold, italics, links, lists and escapes, but no code', () => {
    const text = '**a** _b_ [c](https://a.example) \\*d\\*\n\n- e\n- f';
    expect(card({ body: [block(text)] }).lines).toEqual(['a b c <https://a.example> *d*', '• e', '• f']);
  });

  it('joins lines that only a lone line break parts', () => {
    expect(card({ body: [block('a\nb\n\nc')] }).lines).toEqual(['a b', 'c']);
  });

  it('cuts a text that does not wrap', () => {
    const [line = ''] = card({ body: [{ type: 'TextBlock', text: '告警'.repeat(40) }] }).lines;
    expect(line).toBe(`${'告警'.repeat(40).slice(0, 29)}…`);
  });

  it('calls by an entity together with its <at>, and by neither alone', () => {
    expect(card({ msteams: { entities: [li] }, body: [block('<at>Li</at> 请看')] })).toMatchObject({
      lines: ['@Li 请看'],
      mentions: ['@Li'],
    });
    expect(card({ body: [block('<at>Li</at> @everyone')] }).mentions).toEqual([]);
    expect(card({ msteams: { entities: [li] }, body: [block('Li')] }).mentions).toEqual([]);
  });
});
