import { type Input, text } from '../input';
import type { File } from './case';

/** A file as requests carry it: its name, and its bytes in base64. */
export function fileIn(input: Input): File {
  return { fileName: text(input, 'fileName'), data: Buffer.from(text(input, 'data'), 'base64') };
}
