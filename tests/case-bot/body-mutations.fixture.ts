import { gzipSync } from 'node:zlib';
import { below, type Fate, type Mutation, type Mutations } from './mutation.fixture';
import type { Sample } from './sample.fixture';

/** A signed body may not be touched; of any other, what is in it decides. */
const fate = ({ vouched }: Sample): Fate => (vouched === 'all' ? 'never' : 'by body');

const bytes = (times: number, spoil: (body: Buffer, random: () => number) => Buffer | undefined): Mutation => ({
  fate,
  times,
  spoil({ request }, random) {
    const body = spoil(request.body, random);
    return body && !body.equals(request.body) ? { request: { ...request, body } } : undefined;
  },
});

/** After the platform has signed it. */
export const BODY_MUTATIONS: Mutations = {
  'a bit of the body flipped': bytes(8, (body, random) => {
    const copy = Buffer.from(body);
    const at = below(copy.length, random);
    copy.writeUInt8(copy.readUInt8(at) ^ (1 << below(8, random)), at);
    return copy;
  }),
  'the body cut short': bytes(3, (body, random) => body.subarray(0, below(body.length, random))),
  'bytes in front': bytes(1, (body) => Buffer.concat([Buffer.from('x'), body])),
  'bytes behind': bytes(1, (body) => Buffer.concat([body, Buffer.from([0x80, 0, 0])])),
  'a byte that is no UTF-8': bytes(2, (body, random) => {
    const at = below(body.length, random);
    return Buffer.concat([body.subarray(0, at), Buffer.from([0xff]), body.subarray(at)]);
  }),
  'the same, written otherwise': bytes(1, (body) => {
    const text = body.toString();
    return Buffer.from(text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, 1) : text.replaceAll('%', '%25'));
  }),
  'in UTF-16': bytes(1, (body) => Buffer.from(body.toString(), 'utf16le')),
  compressed: bytes(1, (body) => gzipSync(body)),
  'no body': bytes(1, () => Buffer.alloc(0)),
  'a key twice': bytes(1, (body) =>
    Buffer.from(body.toString().replace('{', '{"encrypt":7,"robotCode":"x","token":"x",')),
  ),
  'the body of another one': {
    fate,
    times: 1,
    spoil: ({ request, other }) => ({ request: { ...request, body: other.body } }),
  },
  'over 256 KB': {
    fate: () => 'never',
    times: 1,
    spoil: ({ request }) => ({
      request: { ...request, body: Buffer.concat([request.body, Buffer.alloc(256 * 1024, ' ')]) },
    }),
  },
};
