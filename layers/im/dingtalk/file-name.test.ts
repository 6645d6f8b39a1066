import { extensionOf, fileName } from './files';

const kept = (path: string) => new URL(`https://down.dingtalk.com/${path}`);

it.each([
  ['image/png', 'iAEI.file', 'image.png'],
  ['IMAGE/JPEG; q=1', 'iAEI.file', 'image.jpg'],
  ['application/octet-stream', 'ddmedia%2FiAEI.jpg', 'image.jpg'],
  ['application/octet-stream', 'iAEI.file', 'image'],
  ['constructor', 'iAEI', 'image'],
  ['', 'a.b/c', 'image'],
])('names a picture of type %j that is kept as %s', (type, path, name) => {
  expect(fileName({ key: 'c', kind: 'image' }, 0, type, kept(path))).toBe(name);
});

it('leaves a name as it is', () => {
  const file = { key: 'c', kind: 'file', name: '中文 日志.tar.gz' } as const;
  expect(fileName(file, 3, 'image/png', kept('a.file'))).toBe('中文 日志.tar.gz');
});

it('tells several pictures of a message apart', () => {
  const names = [0, 1, 2].map((at) => fileName({ key: 'c', kind: 'image' }, at, 'image/png', kept('a.file')));
  expect(names).toEqual(['image.png', 'image-2.png', 'image-3.png']);
});

it.each([
  ['报告.PDF', 'pdf'],
  ['a.tar.gz', 'gz'],
  ['.gitignore', ''],
  ['Makefile', ''],
  ['a.', ''],
  ['a.pdf ', ''],
])('knows the extension of %j', (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});
