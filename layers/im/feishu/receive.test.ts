import { sealOldPress } from '../../../local/chat/feishu/seal';
import type { Callback, ChatMessage } from '../chat-app';
import {
  BOT_MENTION,
  ENCRYPTED,
  KEY,
  messageEvent,
  NOW,
  oldPress,
  pressEvent,
  requestOf,
  sealed,
} from './event.fixture';
import { nameOf } from './pressed';
import { receive } from './receive';

const hear = (event: object): Callback => receive(sealed(event, KEY), ENCRYPTED, NOW);
const LI = { key: '@_user_2', id: { open_id: 'ou_2', user_id: 'u2' }, mentioned_type: 'user', name: '李伟' };

function read(event: object): ChatMessage {
  const callback = hear(event);
  if (callback.kind !== 'message') throw new Error(`not a message: ${JSON.stringify(callback)}`);
  return callback.message;
}

const say = (content: object | string, message: object = {}) =>
  read(
    messageEvent({ message: { content: typeof content === 'string' ? content : JSON.stringify(content), ...message } }),
  );

describe('a message', () => {
  it('is who said what, where and when', () => {
    expect(hear(messageEvent())).toEqual({
      kind: 'message',
      reply: { status: 200, body: {} },
      message: {
        id: 'om_1',
        platform: 'feishu',
        conversation: { id: 'oc_1', kind: 'group' },
        sender: { id: 'ou_1' },
        text: '你好',
        addressed: true,
        at: NOW - 5,
      },
    });
  });

  it('keeps its id when it is delivered again as another event', () => {
    expect(read(messageEvent({ header: { event_id: 'e2' } })).id).toBe(read(messageEvent()).id);
  });

  it('is always for the bot in a direct chat', () => {
    const message = say({ text: '你好' }, { chat_type: 'p2p', mentions: undefined });
    expect(message).toMatchObject({ addressed: true, conversation: { id: 'oc_1', kind: 'direct', person: 'ou_1' } });
  });

  it('is for the bot in a group only where it is called', () => {
    expect(say({ text: '@_user_2 看看' }, { mentions: [LI] })).toMatchObject({ addressed: false, text: '@李伟 看看' });
    expect(say({ text: '@_all 看看' }, { mentions: [{ key: '@_all', id: {}, name: '' }] }).addressed).toBe(false);
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
    expect(say({ text: '@_user_1 x' }, { mentions: [old] })).toMatchObject({ addressed: true, text: 'x' });
    expect(say({ text: '@_user_2 x' }, { mentions: [older] })).toMatchObject({ addressed: false, text: '@李伟 x' });
  });

  it('may be empty, when somebody only calls', () => {
    expect(say({ text: '@_user_1' })).toMatchObject({ text: '', addressed: true });
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
      const callback = hear(messageEvent(parts));
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

describe('a press', () => {
  it('is the same as typing its command, and is answered by a toast', () => {
    expect(hear(pressEvent())).toEqual({
      kind: 'message',
      reply: {
        status: 200,
        body: { toast: { type: 'info', content: '收到 / received', i18n: { zh_cn: '收到', en_us: 'Received' } } },
      },
      message: {
        id: 'e1',
        platform: 'feishu',
        conversation: { id: 'oc_1', kind: 'group' },
        sender: { id: 'ou_1' },
        text: '关闭 42',
        addressed: true,
        at: NOW,
      },
    });
  });

  it('knows from its control that it was in a direct chat', () => {
    const direct = { id: 'oc_1', kind: 'direct', person: 'ou_1' };
    expect(read(pressEvent({ action: { value: { command: 'a', chat: 'direct' } } })).conversation).toEqual(direct);
    expect(
      read(pressEvent({ action: { value: {}, name: nameOf({ command: 'a', chat: 'direct' }) } })).conversation,
    ).toEqual(direct);
  });

  it.each([
    ['a value in words', { value: '{"command":"关闭 42"}' }],
    ['its name alone', { value: undefined, name: nameOf({ command: '关闭 42', chat: 'group' }) }],
    ['an empty value', { value: {}, name: nameOf({ command: '关闭 42', chat: 'group' }) }],
  ])('finds its command in %s', (_, action) => {
    expect(read(pressEvent({ action })).text).toBe('关闭 42');
  });

  it('brings what was filled in', () => {
    const form_value = { subject: '连不上', none: null, many: ['a', 'b'], deep: { x: 1 }, body: '一\n二' };
    expect(read(pressEvent({ action: { form_value } })).fields).toEqual({
      subject: '连不上',
      many: 'a, b',
      body: '一\n二',
    });
  });

  it('is ignored where nobody of ours has done it, or it means nothing to us', () => {
    for (const parts of [
      { operator: { tenant_key: 'other' } },
      { operator: { open_id: undefined } },
      { context: { open_chat_id: undefined } },
      { action: { value: { command: 7 } } },
      { action: { value: 'x', name: 'Button_1' } },
      { action: { value: undefined, name: 'group_zz' } },
    ] as Record<string, object>[]) {
      expect(hear(pressEvent(parts))).toMatchObject({ kind: 'ignored', reply: { status: 200, body: {} } });
    }
  });

  it('of the old kind has an id made of all that it says', () => {
    const press = (change = {}) => {
      const call = sealOldPress(oldPress(change), ENCRYPTED.verificationToken, { now: NOW, nonce: 'n' });
      const callback = receive(requestOf(call), ENCRYPTED, NOW);
      return callback.kind === 'message' ? callback.message : undefined;
    };
    expect(press()).toMatchObject({
      text: '关闭 42',
      sender: { id: 'ou_1' },
      conversation: { id: 'oc_1', kind: 'group' },
      at: NOW,
    });
    expect(press()?.id).toMatch(/^press_[0-9a-f]{64}$/);
    expect(press()?.id).toBe(press()?.id);
    const ids = [
      press(),
      press({ token: 'c-2' }),
      press({ open_message_id: 'om_2' }),
      press({ action: { value: { command: 'x' } } }),
    ].map((each) => each?.id);
    expect(new Set(ids).size).toBe(4);
  });
});
