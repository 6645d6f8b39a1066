import type { StackContext } from '../site';
import { TemplateError } from '../template-error';
import { codeFolder } from './code-folder';

/** The folder of a layer: by its version ARN, or a folder in layer layout where the ARN would stand. */
export async function layerFolder(layer: string, site: StackContext): Promise<string> {
  const known = site.layers.get(layer);
  if (known) return known;
  if (layer.startsWith('arn:'))
    throw new TemplateError(`The layer ${layer} is not on this machine: give a folder instead.`);
  return codeFolder(layer, site.folder);
}
