/** A kind of picture that may be uploaded: page "上传图片". */
interface Kind {
  readonly extension: string;
  readonly begins: RegExp;
  /** Whether it has no more pixels than are allowed; only looked at where they are easy to find. */
  isSmall(bytes: Buffer): boolean;
}

const KINDS: readonly Kind[] = [
  {
    extension: 'png',
    begins: /^\x89PNG\r\n/,
    isSmall: (bytes) => Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) <= 12_000,
  },
  {
    extension: 'gif',
    begins: /^GIF8/,
    isSmall: (bytes) => Math.max(bytes.readUInt16LE(6), bytes.readUInt16LE(8)) <= 2_000,
  },
  { extension: 'jpg', begins: /^\xff\xd8\xff/, isSmall: () => true },
  { extension: 'webp', begins: /^RIFF.{4}WEBP/s, isSmall: () => true },
  { extension: 'bmp', begins: /^BM/, isSmall: () => true },
  { extension: 'tiff', begins: /^(?:II\*\0|MM\0\*)/, isSmall: () => true },
];

/** What picture these bytes are; undefined where none that is known. */
export function kindOf(bytes: Buffer): Kind | undefined {
  const head = bytes.subarray(0, 32).toString('latin1');
  return bytes.length >= 32 ? KINDS.find(({ begins }) => begins.test(head)) : undefined;
}
