import { readForm } from './form-data';

const TYPE = 'multipart/form-data; boundary=xx';
const part = (headers: string, body: string) => `--xx\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${body}\r\n`;
const read = (text: string, type = TYPE) =>
  readForm(type, Buffer.from(text))?.map(({ bytes, ...part }) => ({ ...part, text: bytes.toString() }));

it('reads fields and files, whatever is in them', () => {
  const form = `${part('name="a"', '一\r\n--x')}${part('name="f"; filename="日志.txt"', '\r\n\r\n')}--xx--\r\n`;
  const parts = [
    { name: 'a', text: '一\r\n--x' },
    { name: 'f', filename: '日志.txt', text: '\r\n\r\n' },
  ];
  expect(read(form)).toEqual(parts);
  expect(read(form, 'multipart/form-data; boundary="xx"')).toEqual(parts);
  expect(read('--xx--\r\n')).toEqual([]);
});

it.each([
  ['another type', part('name="a"', 'b'), 'application/json'],
  ['no boundary', part('name="a"', 'b'), 'multipart/form-data'],
  ['another boundary', `${part('name="a"', 'b')}--xx--`, 'multipart/form-data; boundary=yy'],
  ['an early end', part('name="a"', 'b'), TYPE],
  ['an earlier end', '--xx\r\nContent-Disp', TYPE],
  ['a part without a name', `${part('', 'b')}--xx--`, TYPE],
])('reads nothing out of %s', (_, text, type) => {
  expect(read(text, type)).toBeUndefined();
});
