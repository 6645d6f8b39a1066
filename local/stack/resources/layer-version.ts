import { arnOf, type Create } from '../site';
import { codeFolder } from './code-folder';

const UNUSED = ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo', 'RetentionPolicy'];

/** AWS::Serverless::LayerVersion */
export const createLayerVersion: Create = async (id, properties, site) => {
  properties.only(['LayerName', 'ContentUri', ...UNUSED]);
  const arn = arnOf('lambda', `layer:${properties.text('LayerName') ?? id}:1`, site);
  site.layers.set(arn, await codeFolder(properties.needed('ContentUri'), site.folder));
  return { ref: arn, attributes: { Arn: arn } };
};
