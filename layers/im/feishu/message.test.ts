import type { Callback, ChatMessage } from '../chat-app';
import { BOT_MENTION, ENCRYPTED, KEY, messageEvent, NOW, sealed } from './event.fixture';
import { receive } from './receive';

const waitForReply = (event: object): Callback => receive(sealed(event, KEY), ENCRYPTED, NOW);
const LI = { key: '@_user_2', id: { open_id: 'ou_2', user_id: 'u2' }, mentioned_type: 'user', name: '李伟' };

function read(event: object): ChatMessage {
  const callback = waitForReply(event);
  if (callback.kind !== 'message') throw new Error(`not a message: ${JSON.stringify(callback)}`);
  return callback.message;
}

const say = (content: object | string, message: object = {}) =>
  read(
    messageEvent({ message: { content: typeof content === 'string' ? content : JSON.stringify(content), ...message } }),
  );

describe('a message', () => {
  it('is who said what, where and when', () => {
    expect(waitForReply(messageEvent())).toEqual({
      kind: 'message',
      reply: { status: 200, body: {} },
      message: {
        id: 'om_1',
        platform: 'feishu',
        conversation: { id: 'oc_1', kind: 'group' },
        sender: { id: 'ou_1' },
        text: '你好',
        isForBot: true,
        sentAt: NOW - 5,
      },
    });
  });

  it('keeps its id when it is delivered again as another event', () => {
    expect(read(messageEvent({ header: { event_id: 'e2' } })).id).toBe(read(messageEvent()).id);
  });

  it('is always for the bot in a direct chat', () => {
    const message = say({ text: '你好' }, { chat_type: 'p2p', mentions: undefined });
    expect(message).toMatchObject({ isForBot: true, conversation: { id: 'oc_1', kind: 'direct', userId: 'ou_1' } });
  });

  it('is for the bot in a group only where it is called', () => {
    expect(say({ text: '@_user_2 看看' }, { mentions: [LI] })).toMatchObject({ isForBot: false, text: '@李伟 看看' });
    expect(say({ text: '@_all 看看' }, { mentions: [{ key: '@_all', id: {}, name: '' }] }).isForBot).toBe(false);
  });

  it('has the names of the others, and not that of the bot', () => {
    const message = say({ text: '@_user_1 请 @_user_2 看 @_user_12，@_user_3' }, { mentions: [BOT_MENTION, LI] });
    expect(message).toMatchObject({
      text: '请 @李伟 看 @_user_12，@_user_3',
      mentions: [{ id: 'ou_2', name: '李伟' }],
    });
    expect(say({ text: 'my id: i-1 @_user_1 is down' }).text).toBe('my id: i-1 is down');
  });

  it('knows a bot in older events by its lack of a user_id', () => {
    const [old, older] = [BOT_MENTION, LI].map(({ mentioned_type: _, ...rest }) => rest);
    expect(say({ text: '@_user_1 x' }, { mentions: [old] })).toMatchObject({ isForBot: true, text: 'x' });
    expect(say({ text: '@_user_2 x' }, { mentions: [older] })).toMatchObject({ isForBot: false, text: '@李伟 x' });
  });

  it('may be empty, when somebody only calls', () => {
    expect(say({ text: '@_user_1' })).toMatchObject({ text: '', isForBot: true });
  });

  it('may be a post with pictures, links, code and feelings', () => {
    const content = [
      [
        { tag: 'at', user_id: '@_user_1' },
        { tag: 'text', text: ' 请看 ' },
        { tag: 'a', text: '日志', href: 'https://a.example/' },
        { tag: 'a', text: 'https://b.example', href: 'https://b.example' },
      ],
      [{ tag: 'img', image_key: 'img_1' }],
      [{ tag: 'media', file_key: 'file_1', image_key: 'img_2' }],
      [{ tag: 'hr' }],
      [
        { tag: 'code_block', language: 'BASH', text: 'ls\npwd' },
        { tag: 'emotion', emoji_type: 'SMILE' },
      ],
      'not a paragraph',
    ];
    const expected = {
      text: '标题\n请看 日志 https://a.example/https://b.example\n\n\n---\nls\npwd[SMILE]',
      files: [
        { key: 'img_1', kind: 'image' },
        { key: 'file_1', kind: 'file' },
      ],
    };
    for (const post of [{ title: '标题', content }, { zh_cn: { title: '标题', content } }]) {
      const message = say(post, { message_type: 'post' });
      expect(message.files).toEqual(expected.files);
      expect(message.text.replace(/^标题\n\s*/, '标题\n')).toBe(expected.text);
    }
  });

  it.each([
    ['image', { image_key: 'img_1' }, { key: 'img_1', kind: 'image' }],
    ['file', { file_key: 'file_1', file_name: '日志.txt' }, { key: 'file_1', kind: 'file', name: '日志.txt' }],
    ['audio', { file_key: 'file_1', duration: 2000 }, { key: 'file_1', kind: 'file' }],
    [
      'media',
      { file_key: 'file_1', file_name: 'a.mp4', image_key: 'img_1' },
      { key: 'file_1', kind: 'file', name: 'a.mp4' },
    ],
  ])('may be of the kind %s', (message_type, content, file) => {
    expect(say(content, { message_type, mentions: undefined })).toMatchObject({ text: '', files: [file] });
  });

  it('is ignored where nobody of ours has said it', () => {
    const ignored = (parts: Parameters<typeof messageEvent>[0]) => {
      const callback = waitForReply(messageEvent(parts));
      return callback.kind === 'ignored' ? callback.reason : callback.kind;
    };
    for (const sender_type of ['app', 'bot', '', 'anonymous']) {
      expect(ignored({ sender: { sender_type } })).toMatch(/not from a person/);
    }
    expect(ignored({ sender: { tenant_key: 'other' } })).toMatch(/another organisation/);
    expect(ignored({ sender: { tenant_key: undefined } })).toMatch(/another organisation/);
    expect(ignored({ sender: { sender_id: { open_id: '../x' } } })).toMatch(/without ids/);
    expect(ignored({ message: { chat_id: '' } })).toMatch(/without ids/);
    expect(ignored({ message: { message_type: 'sticker', content: '{"file_key":"f"}' } })).toMatch(/kind sticker/);
    expect(ignored({ message: { message_type: 'x\n{"level":"error"}' } })).toMatch(/kind \?/);
    expect(ignored({ message: { content: '{' } })).toMatch(/nothing to read/);
    expect(ignored({ header: { event_type: 'im.chat.disbanded_v1' } })).toBe(
      'an event of the type im.chat.disbanded_v1',
    );
  });
});
