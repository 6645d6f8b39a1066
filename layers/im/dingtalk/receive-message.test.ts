import type { Payload } from '../channel';
import type { ChatMessage } from '../chat-app';
import { toRobot } from './api';
import { callback, NOW, SECRETS, SESSION } from './callback.fixture';
import { receive } from './receive';

function read(changes: Payload): ChatMessage {
  const received = receive(callback(changes), toRobot(SECRETS), NOW);
  if (received.kind !== 'message') throw new Error(`not a message: ${received.kind}`);
  return received.message;
}

const DIRECT = { conversationType: '1', conversationTitle: undefined, atUsers: undefined };

it('contains the user id of a direct chat', () => {
  const replyUrl = { url: SESSION, expiresAt: NOW + 5_400_000 };
  expect(read(DIRECT).conversation).toEqual({ id: 'cid1==', kind: 'direct', userId: '0242', replyUrl });
});

it('has the senderId where there is no user id, and no userId to write to later', () => {
  const { sender, conversation } = read({ ...DIRECT, senderStaffId: undefined });
  expect([sender.id, conversation.userId]).toEqual(['$:LWCP_v1:$wang', undefined]);
});

it('reads the text from both documented places', () => {
  expect(read({ text: { content: ' 你好 ' } }).text).toBe('你好');
  expect(read({ text: undefined, content: '\u2005你好' }).text).toBe('你好');
});

it('keeps the text as typed, line by line', () => {
  const typed = '回复 AWS "Hi" \\n @li 10:00\n第二行: 是的\n';
  expect(read({ text: { content: ` ${typed}` } }).text).toBe(typed.trim());
});

it('can be a mention without text', () => {
  expect(read({ text: { content: ' ' } })).toMatchObject({ text: '', isForBot: true });
});

it.each([
  ['picture', { downloadCode: 'c1' }, '', [{ key: 'c1', kind: 'image' }]],
  ['picture', { pictureDownloadCode: 'c1' }, '', [{ key: 'c1', kind: 'image' }]],
  ['audio', { downloadCode: 'c1', duration: 4000, recognition: ' 升级 ' }, '升级', [{ key: 'c1', kind: 'file' }]],
  ['video', { downloadCode: 'c1', videoType: 'mp4' }, '', [{ key: 'c1', kind: 'file', name: 'video.mp4' }]],
  ['video', { downloadCode: 'c1', videoType: '../x' }, '', [{ key: 'c1', kind: 'file' }]],
  ['file', { downloadCode: 'c1', fileName: '日志.pdf' }, '', [{ key: 'c1', kind: 'file', name: '日志.pdf' }]],
  ['file', {}, '', undefined],
])('reads the type %s with %j', (msgtype, content, text, files) => {
  const message = read({ ...DIRECT, msgtype, content, text: undefined });
  expect([message.text, message.files]).toEqual([text, files]);
});

const rich = (...richText: object[]) => ({ msgtype: 'richText', text: undefined, content: { richText } });

it('joins the text of a rich text, and reads its images', () => {
  const pieces = [{ text: '@助手' }, { text: ' 回复 前' }, { type: 'picture', downloadCode: 'c1' }, { text: '后' }];
  const message = read(rich(...pieces));
  expect([message.text, message.files]).toEqual(['回复 前\n后', [{ key: 'c1', kind: 'image' }]]);
});

it('reads every image of a rich text, in order', () => {
  const pictures = ['c1', 'c2', 'c3'].map((downloadCode) => ({ type: 'picture', downloadCode }));
  expect(read(rich({ text: '@助手' }, ...pictures)).files).toEqual(
    ['c1', 'c2', 'c3'].map((key) => ({ key, kind: 'image' })),
  );
});

it.each([
  [
    { msgType: 'file', content: { downloadCode: 'c1', fileName: '日志.pdf' } },
    [{ key: 'c1', kind: 'file', name: '日志.pdf' }],
  ],
  [{ msgType: 'picture', content: { downloadCode: 'c1' } }, [{ key: 'c1', kind: 'image' }]],
  [
    { msgType: 'richText', content: { richText: [{ text: 'a' }, { downloadCode: 'c1' }] } },
    [{ key: 'c1', kind: 'image' }],
  ],
  [{ msgType: 'text', content: { text: '你好' } }, undefined],
  [{ msgType: 'interactiveCard' }, undefined],
  ['x', undefined],
])('reads the files of the message that it replies to: %j', (repliedMsg, files) => {
  const message = read({ text: { content: ' 回复 42 见附件', isReplyMsg: true, repliedMsg } });
  expect([message.text, message.files]).toEqual(['回复 42 见附件', files]);
});

it('removes only the mention from a rich text, and nothing in a direct chat', () => {
  expect(read(rich({ text: '@助手 @王芳 看 10:00' })).text).toBe('@王芳 看 10:00');
  expect(read(rich({ text: '我 @助手' })).text).toBe('我 @助手');
  expect(read({ ...DIRECT, ...rich({ text: '@王芳 你好' }) }).text).toBe('@王芳 你好');
});

it('contains each mentioned person once, and not the bot', () => {
  const atUsers = [
    { dingtalkId: '$:LWCP_v1:$bot', staffId: 'bot' },
    { dingtalkId: '$:a', staffId: '1' },
    { dingtalkId: '$:a', staffId: '1' },
    { dingtalkId: '$:guest' },
    {},
    null,
  ];
  expect(read({ atUsers }).mentions).toEqual([{ id: '1' }, { id: '$:guest' }]);
  expect(read({ atUsers: [atUsers[0]] }).mentions).toBeUndefined();
});

it.each([
  [`${NOW - 5}`, NOW - 5],
  [NOW - 5, NOW - 5],
  ['yesterday', NOW],
  [1e30, NOW],
  [undefined, NOW],
])('has its time from %j', (createAt, at) => {
  expect(read({ createAt }).sentAt).toBe(at);
});

it.each([
  'http://oapi.dingtalk.com/robot/sendBySession?session=1',
  'https://oapi.dingtalk.com:8443/robot/sendBySession?session=1',
  'https://me@oapi.dingtalk.com/robot/sendBySession?session=1',
  'https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=1',
  'https://evil.example/robot/sendBySession?session=1',
  'https://oapi.dingtalk.com/robot/send?access_token=1',
  'https://oapi.dingtalk.com/robot/sendBySession/../send?access_token=1',
  'https://169.254.169.254/robot/sendBySession',
  'file:///robot/sendBySession',
  '',
  7,
])('has no reply url from %s', (sessionWebhook) => {
  expect(read({ sessionWebhook }).conversation.replyUrl).toBeUndefined();
});

it('has a reply url of the international cloud', () => {
  const url = SESSION.replace('.com', '.io');
  expect(read({ sessionWebhook: url }).conversation.replyUrl?.url).toBe(url);
});

it('has no reply url without its end', () => {
  for (const until of [undefined, 'soon', 0]) {
    expect(read({ sessionWebhookExpiredTime: until }).conversation.replyUrl).toBeUndefined();
  }
});
