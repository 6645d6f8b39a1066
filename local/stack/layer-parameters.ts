import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { arnOf, type StackContext } from './site';

/**
 * Parameters in which a folder in layer layout (`nodejs/...`) may stand where the template wants a layer version ARN.
 * Such a folder, relative to the working directory, becomes a layer of this machine, and the parameter its ARN: so it
 * fits the parameter's pattern.
 */
export function withLocalLayers(given: Readonly<Record<string, string>>, site: StackContext): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, layerArn(value, site) ?? value]));
}

function layerArn(value: string, site: StackContext): string | undefined {
  if (!/[/\\]/.test(value) || !existsSync(join(value, 'nodejs'))) return undefined;
  const folder = resolve(value);
  const name = basename(folder).replace(/[^A-Za-z0-9_-]/g, '-');
  const arn = arnOf('lambda', `layer:local-${name}:${site.layers.size + 1}`, site);
  site.layers.set(arn, folder);
  return arn;
}
