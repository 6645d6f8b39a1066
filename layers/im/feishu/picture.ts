/** Width and height, where they stand at a fixed place. */
type Measure = (head: Buffer) => readonly [number, number];

interface Kind {
  is(head: Buffer): boolean;
  /** Pixels of a side at most: page "上传图片". */
  side: number;
  measure?: Measure;
}

const startsWith =
  (latin: string, at = 0) =>
  (head: Buffer) =>
    head.subarray(at, at + latin.length).equals(Buffer.from(latin, 'latin1'));

/** Those that stay as they are: TIFF and HEIC would become JPG on the way, so they go as files. */
const KINDS: readonly Kind[] = [
  {
    is: startsWith('\x89PNG\r\n\x1a\n'),
    side: 12_000,
    measure: (head) => [head.readUInt32BE(16), head.readUInt32BE(20)],
  },
  { is: startsWith('GIF8'), side: 2_000, measure: (head) => [head.readUInt16LE(6), head.readUInt16LE(8)] },
  { is: startsWith('\xff\xd8\xff'), side: 12_000 },
  { is: (head) => startsWith('RIFF')(head) && startsWith('WEBP', 8)(head), side: 12_000 },
];

/** Bytes from the beginning that are enough to tell. */
export const TELLING = 32;

/** Whether a file begins as a picture that Feishu shows, whatever its name says. */
export function isPicture(head: Buffer): boolean {
  const kind = head.length >= TELLING ? KINDS.find(({ is }) => is(head)) : undefined;
  return kind !== undefined && (kind.measure?.(head) ?? []).every((side) => side > 0 && side <= kind.side);
}
