import { type Input, requiredText } from '../input';
import type { File } from './case';

/** A file as requests carry it: its name, and its bytes in base64. */
export function fileIn(input: Input): File {
  return { fileName: requiredText(input, 'fileName'), data: Buffer.from(requiredText(input, 'data'), 'base64') };
}
