import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { TemplateError } from '../template-error';

/** A CodeUri or ContentUri as an absolute folder. Throws TemplateError when it is not there. */
export async function codeFolder(uri: string, templateFolder: string): Promise<string> {
  const folder = resolve(templateFolder, uri);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new TemplateError(`${uri} is missing: run npm run build.`);
  return folder;
}
