import { arnOf, type CreateResource } from '../site';
import { codeFolder } from './code-folder';

const UNUSED = ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo', 'RetentionPolicy'];

/** AWS::Serverless::LayerVersion */
export const createLayerVersion: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown(['LayerName', 'ContentUri', ...UNUSED]);
  const arn = arnOf('lambda', `layer:${properties.text('LayerName') ?? id}:1`, site);
  site.layers.set(arn, await codeFolder(properties.requiredText('ContentUri'), site.folder));
  return { ref: arn, attributes: { Arn: arn } };
};
