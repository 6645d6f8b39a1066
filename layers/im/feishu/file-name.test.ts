import { fileName } from './files';

const IMAGE = { key: 'img_v3_0041', kind: 'image' as const };
const FILE = { key: 'file_v3_0041', kind: 'file' as const };
const latin = (text: string) => Buffer.from(text).toString('latin1');

it.each([
  ['as the message says', { ...FILE, name: '日志.txt' }, { 'content-disposition': 'filename="a.txt"' }, '日志.txt'],
  [
    'as the answer says, in UTF-8',
    IMAGE,
    { 'content-disposition': latin('attachment; filename="截图.png"') },
    '截图.png',
  ],
  ['escaped', IMAGE, { 'content-disposition': 'attachment; filename="%E5%9B%BE.png"' }, '图.png'],
  ['extended', IMAGE, { 'content-disposition': "attachment; filename=x; filename*=UTF-8''%E5%9B%BE.png" }, '图.png'],
  ['without quotes', IMAGE, { 'content-disposition': 'attachment; filename=a.png; x=y' }, 'a.png'],
  ['with quotes in it', IMAGE, { 'content-disposition': 'filename="a \\"b\\".png"' }, 'a "b".png'],
  ['with a percent sign', IMAGE, { 'content-disposition': 'filename="100%.png"' }, '100%.png'],
  ['by its kind', IMAGE, { 'content-type': 'image/jpeg' }, 'image_3_0041.jpg'],
  ['by its kind, with a charset', FILE, { 'content-type': 'Text/Plain; charset=utf-8' }, 'file_3_0041.txt'],
  ['with the extension it lacks', { ...FILE, name: '会议录音' }, { 'content-type': 'audio/ogg' }, '会议录音.ogg'],
  ['as it is, where nothing tells more', FILE, { 'content-type': 'application/octet-stream' }, 'file_3_0041'],
  ['with nothing said at all', FILE, {}, 'file_3_0041'],
])('calls a file %s', (_, file, headers, name) => {
  expect(fileName(file, headers)).toBe(name);
});

it.each([
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['a\\b\r\nc\0.txt', 'a_b__c_.txt'],
  ['  告警 ⚠️.txt ', '告警 ⚠️.txt'],
])('makes %j one harmless line', (name, cleaned) => {
  expect(fileName({ ...FILE, name }, {})).toBe(cleaned);
});
