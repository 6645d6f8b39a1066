import type { Callback, ChatMessage } from '../chat-app';
import { encodeButtonName } from './controls';
import { BOT_MENTION, ENCRYPTED, KEY, messageEvent, NOW, pressEvent, signedRequest } from './event.fixture';
import { receive } from './receive';

const receiveEvent = (event: object): Callback => receive(signedRequest(event, KEY), ENCRYPTED, NOW);
const LI = { key: '@_user_2', id: { open_id: 'ou_2', user_id: 'u2' }, mentioned_type: 'user', name: '李伟' };

function read(event: object): ChatMessage {
  const callback = receiveEvent(event);
  if (callback.kind !== 'message') throw new Error(`not a message: ${JSON.stringify(callback)}`);
  return callback.message;
}

const say = (content: object, message: object = {}) =>
  read(messageEvent({ message: { content: JSON.stringify(content), ...message } }));

describe('a message', () => {
  it('has text, sender, conversation and time', () => {
    const message = {
      id: 'om_1',
      platform: 'feishu',
      conversation: { id: 'oc_1', kind: 'group' },
      sender: { id: 'ou_1' },
      text: '你好',
      isForBot: true,
      sentAt: NOW - 5,
    };
    expect(receiveEvent(messageEvent())).toEqual({ kind: 'message', reply: { status: 200, body: {} }, message });
  });

  it('keeps its id when it is redelivered as another event', () => {
    expect(read(messageEvent({ header: { event_id: 'e2' } })).id).toBe('om_1');
  });

  it('is for the bot in a direct chat', () => {
    const message = say({ text: '你好' }, { chat_type: 'p2p', mentions: undefined });
    expect(message).toMatchObject({ isForBot: true, conversation: { id: 'oc_1', kind: 'direct', userId: 'ou_1' } });
  });

  it('is for the bot in a group only with its mention', () => {
    expect(say({ text: '@_user_2 看看' }, { mentions: [LI] })).toMatchObject({ isForBot: false, text: '@李伟 看看' });
    expect(say({ text: '@_all 看看' }, { mentions: [{ key: '@_all', id: {}, name: '' }] }).isForBot).toBe(false);
    expect(say({ text: '@_user_1' })).toMatchObject({ text: '', isForBot: true });
  });

  it('contains the names of mentioned people, and not that of the bot', () => {
    const message = say({ text: '@_user_1 请 @_user_2 看 @_user_12，@_user_3' }, { mentions: [BOT_MENTION, LI] });
    const mentions = [{ id: 'ou_2', name: '李伟' }];
    expect(message).toMatchObject({ text: '请 @李伟 看 @_user_12，@_user_3', mentions });
    expect(say({ text: 'my id: i-1 @_user_1 is down' }).text).toBe('my id: i-1 is down');
  });

  it('recognises a bot in older events by its lack of a user_id', () => {
    const [bot, person] = [BOT_MENTION, LI].map(({ mentioned_type: _, ...rest }) => rest);
    expect(say({ text: '@_user_1 x' }, { mentions: [bot] })).toMatchObject({ isForBot: true, text: 'x' });
    expect(say({ text: '@_user_2 x' }, { mentions: [person] })).toMatchObject({ isForBot: false, text: '@李伟 x' });
  });

  it('can be a post with images, links, code and emoji', () => {
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
    for (const post of [{ title: '标题', content }, { zh_cn: { title: '标题', content } }]) {
      const { text, files } = say(post, { message_type: 'post' });
      expect(text).toMatch(
        /^标题\n\s*请看 日志 https:\/\/a\.example\/https:\/\/b\.example\n\n\n---\nls\npwd\[SMILE\]$/,
      );
      expect(files).toEqual([
        { key: 'img_1', kind: 'image' },
        { key: 'file_1', kind: 'file' },
      ]);
    }
  });

  it.each([
    ['image', { image_key: 'img_1' }, { key: 'img_1', kind: 'image' }],
    ['file', { file_key: 'f_1', file_name: '日志.txt' }, { key: 'f_1', kind: 'file', name: '日志.txt' }],
    ['audio', { file_key: 'f_1', duration: 2000 }, { key: 'f_1', kind: 'file' }],
    ['media', { file_key: 'f_1', file_name: 'a.mp4', image_key: 'i' }, { key: 'f_1', kind: 'file', name: 'a.mp4' }],
  ])('can be of the type %s', (message_type, content, file) => {
    expect(say(content, { message_type, mentions: undefined })).toMatchObject({ text: '', files: [file] });
  });

  it.each<[Parameters<typeof messageEvent>[0], RegExp]>([
    ...['app', 'bot', '', 'anonymous']
      .map((sender_type) => ({ sender: { sender_type } }))
      .map((parts) => [parts, /not from a person/] as [typeof parts, RegExp]),
    [{ sender: { tenant_key: 'other' } }, /another organisation/],
    [{ sender: { tenant_key: undefined } }, /another organisation/],
    [{ sender: { sender_id: { open_id: '../x' } } }, /without ids/],
    [{ message: { chat_id: '' } }, /without ids/],
    [{ message: { message_type: 'sticker', content: '{"file_key":"f"}' } }, /kind sticker/],
    [{ message: { message_type: 'x\n{"level":"error"}' } }, /kind \?/],
    [{ message: { content: '{' } }, /nothing to read/],
    [{ header: { event_type: 'im.chat.disbanded_v1' } }, /^an event of the type im.chat.disbanded_v1$/],
  ])('is ignored with %j', (parts, reason) => {
    const expected = { kind: 'ignored', reply: { status: 200, body: {} }, reason: expect.stringMatching(reason) };
    expect(receiveEvent(messageEvent(parts))).toEqual(expected);
  });
});

describe('a press', () => {
  it('is a message with its command, and is answered by a toast', () => {
    const toast = { type: 'info', content: '收到 / received', i18n: { zh_cn: '收到', en_us: 'Received' } };
    const message = {
      id: 'e1',
      platform: 'feishu',
      conversation: { id: 'oc_1', kind: 'group' },
      sender: { id: 'ou_1' },
      text: '关闭 42',
      isForBot: true,
      sentAt: NOW,
    };
    expect(receiveEvent(pressEvent())).toEqual({ kind: 'message', reply: { status: 200, body: { toast } }, message });
  });

  it('reads from its control whether the chat is a direct one', () => {
    const direct = { command: 'a', chat: 'direct' } as const;
    for (const action of [{ value: direct }, { value: {}, name: encodeButtonName(direct) }])
      expect(read(pressEvent({ action })).conversation).toEqual({ id: 'oc_1', kind: 'direct', userId: 'ou_1' });
  });

  it.each([
    ['a value as JSON text', { value: '{"command":"关闭 42"}' }],
    ['its name alone', { value: undefined, name: encodeButtonName({ command: '关闭 42', chat: 'group' }) }],
    ['an empty value', { value: {}, name: encodeButtonName({ command: '关闭 42', chat: 'group' }) }],
  ])('has its command from %s', (_, action) => {
    expect(read(pressEvent({ action })).text).toBe('关闭 42');
  });

  it('has the submitted values of a form', () => {
    const form_value = { subject: '连不上', none: null, many: ['a', 'b'], deep: { x: 1 }, body: '一\n二' };
    const fields = { subject: '连不上', many: 'a, b', body: '一\n二' };
    expect(read(pressEvent({ action: { form_value } })).fields).toEqual(fields);
  });

  it.each<Record<string, object>>([
    { operator: { tenant_key: 'other' } },
    { operator: { open_id: undefined } },
    { context: { open_chat_id: undefined } },
    { action: { value: { command: 7 } } },
    { action: { value: 'x', name: 'Button_1' } },
    { action: { value: undefined, name: 'group_zz' } },
  ])('is ignored with %j', (parts) => {
    expect(receiveEvent(pressEvent(parts))).toMatchObject({ kind: 'ignored', reply: { status: 200, body: {} } });
  });
});
