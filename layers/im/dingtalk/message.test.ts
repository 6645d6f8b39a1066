import type { Payload } from '../channel';
import type { ChatMessage } from '../chat-app';
import { toRobot } from './api';
import { callback, NOW, SECRETS, SESSION } from './callback.fixture';
import { receive } from './receive';

function heard(changes: Payload): ChatMessage {
  const callbackFound = receive(callback(changes), toRobot(SECRETS), NOW);
  if (callbackFound.kind !== 'message') throw new Error(`It was ${callbackFound.kind}.`);
  return callbackFound.message;
}

const DIRECT = { conversationType: '1', conversationTitle: undefined, atUsers: undefined };

it('knows whom a direct chat is with', () => {
  const replyUrl = { url: SESSION, expiresAt: NOW + 5_400_000 };
  expect(heard(DIRECT).conversation).toEqual({ id: 'cid1==', kind: 'direct', userId: '0242', replyUrl });
});

it('calls a person by the id of this robot until the robot is published, and does not hope to write to it later', () => {
  const { sender, conversation } = heard({ ...DIRECT, senderStaffId: undefined });
  expect([sender.id, conversation.userId]).toEqual(['$:LWCP_v1:$wang', undefined]);
});

it('reads the words from either place that documents have them in', () => {
  expect(heard({ text: { content: ' 你好 ' } }).text).toBe('你好');
  expect(heard({ text: undefined, content: '\u2005你好' }).text).toBe('你好');
});

it('leaves a message as it is typed, line by line', () => {
  const typed = '回复 AWS "Hi" \\n @li 10:00\n第二行: 是的\n';
  expect(heard({ text: { content: ` ${typed}` } }).text).toBe(typed.trim());
});

it('hears a call without words', () => {
  expect(heard({ text: { content: ' ' } })).toMatchObject({ text: '', isForBot: true });
});

it.each([
  ['picture', { downloadCode: 'c1' }, '', [{ key: 'c1', kind: 'image' }]],
  ['picture', { pictureDownloadCode: 'c1' }, '', [{ key: 'c1', kind: 'image' }]],
  ['audio', { downloadCode: 'c1', duration: 4000, recognition: ' 升级 ' }, '升级', [{ key: 'c1', kind: 'file' }]],
  ['video', { downloadCode: 'c1', videoType: 'mp4' }, '', [{ key: 'c1', kind: 'file', name: 'video.mp4' }]],
  ['video', { downloadCode: 'c1', videoType: '../x' }, '', [{ key: 'c1', kind: 'file' }]],
  ['file', { downloadCode: 'c1', fileName: '日志.pdf' }, '', [{ key: 'c1', kind: 'file', name: '日志.pdf' }]],
  ['file', {}, '', undefined],
])('takes %s %j', (msgtype, content, text, files) => {
  const message = heard({ ...DIRECT, msgtype, content, text: undefined });
  expect([message.text, message.files]).toEqual([text, files]);
});

const rich = (...richText: object[]) => ({ msgtype: 'richText', text: undefined, content: { richText } });

it('joins the words of a rich text, and takes its pictures', () => {
  const pieces = [{ text: '@助手' }, { text: ' 回复 前' }, { type: 'picture', downloadCode: 'c1' }, { text: '后' }];
  const message = heard(rich(...pieces));
  expect([message.text, message.files]).toEqual(['回复 前\n后', [{ key: 'c1', kind: 'image' }]]);
});

it('takes every picture of a rich text, in their order', () => {
  const pictures = ['c1', 'c2', 'c3'].map((downloadCode) => ({ type: 'picture', downloadCode }));
  expect(heard(rich({ text: '@助手' }, ...pictures)).files).toEqual(
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
])('takes what was shared in the message that it answers to: %j', (repliedMsg, files) => {
  const message = heard({ text: { content: ' 回复 42 见附件', isReplyMsg: true, repliedMsg } });
  expect([message.text, message.files]).toEqual(['回复 42 见附件', files]);
});

it('takes no more than the mention off a rich text, and nothing in a direct chat', () => {
  expect(heard(rich({ text: '@助手 @王芳 看 10:00' })).text).toBe('@王芳 看 10:00');
  expect(heard(rich({ text: '我 @助手' })).text).toBe('我 @助手');
  expect(heard({ ...DIRECT, ...rich({ text: '@王芳 你好' }) }).text).toBe('@王芳 你好');
});

it('names everyone who is called once, but not the bot', () => {
  const atUsers = [
    { dingtalkId: '$:LWCP_v1:$bot', staffId: 'bot' },
    { dingtalkId: '$:a', staffId: '1' },
    { dingtalkId: '$:a', staffId: '1' },
    { dingtalkId: '$:guest' },
    {},
    null,
  ];
  expect(heard({ atUsers }).mentions).toEqual([{ id: '1' }, { id: '$:guest' }]);
  expect(heard({ atUsers: [atUsers[0]] }).mentions).toBeUndefined();
});

it.each([
  [`${NOW - 5}`, NOW - 5],
  [NOW - 5, NOW - 5],
  ['yesterday', NOW],
  [1e30, NOW],
  [undefined, NOW],
])('was said at %j', (createAt, at) => {
  expect(heard({ createAt }).sentAt).toBe(at);
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
])('never answers to %s', (sessionWebhook) => {
  expect(heard({ sessionWebhook }).conversation.replyUrl).toBeUndefined();
});

it('answers to the international cloud, too', () => {
  const url = SESSION.replace('.com', '.io');
  expect(heard({ sessionWebhook: url }).conversation.replyUrl?.url).toBe(url);
});

it('does not answer where nobody says how long it may', () => {
  for (const until of [undefined, 'soon', 0]) {
    expect(heard({ sessionWebhookExpiredTime: until }).conversation.replyUrl).toBeUndefined();
  }
});
