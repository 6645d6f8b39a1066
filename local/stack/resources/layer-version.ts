import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { arnOf, type CreateResource, type StackContext } from '../context';
import { TemplateError } from '../values';

const UNUSED = ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo', 'RetentionPolicy'];

/** AWS::Serverless::LayerVersion */
export const createLayerVersion: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown(['LayerName', 'ContentUri', ...UNUSED]);
  const arn = arnOf('lambda', `layer:${properties.text('LayerName') ?? id}:1`, context);
  context.layers.set(arn, await codeFolder(properties.requiredText('ContentUri'), context.folder));
  return { ref: arn, attributes: { Arn: arn } };
};

/** @param layer a version ARN, or a folder in layer layout in place of the ARN */
export async function layerFolder(layer: string, context: StackContext): Promise<string> {
  const known = context.layers.get(layer);
  if (known) return known;
  if (layer.startsWith('arn:'))
    throw new TemplateError(`The layer ${layer} is not on this machine: give a folder instead.`);
  return codeFolder(layer, context.folder);
}

/** The absolute folder of a CodeUri or ContentUri. @throws TemplateError when it does not exist */
export async function codeFolder(uri: string, templateFolder: string): Promise<string> {
  const folder = resolve(templateFolder, uri);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new TemplateError(`${uri} is missing: run npm run build.`);
  return folder;
}
