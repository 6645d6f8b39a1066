import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { arnOf, type StackContext } from './context';

/**
 * Accepts a folder in layer layout (`nodejs/...`), relative to the working directory, in place of a layer version ARN. The folder
 * becomes a local layer and the parameter its ARN, so it matches the parameter's pattern.
 */
export function withLocalLayers(
  given: Readonly<Record<string, string>>,
  context: StackContext,
): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, layerArn(value, context) ?? value]));
}

function layerArn(value: string, context: StackContext): string | undefined {
  if (!/[/\\]/.test(value) || !existsSync(join(value, 'nodejs'))) return undefined;
  const folder = resolve(value);
  const name = basename(folder).replace(/[^A-Za-z0-9_-]/g, '-');
  const arn = arnOf('lambda', `layer:local-${name}:${context.layers.size + 1}`, context);
  context.layers.set(arn, folder);
  return arn;
}
