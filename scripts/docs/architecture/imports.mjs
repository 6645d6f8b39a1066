// The imports between folders, from dependency-cruiser, without tests.
import { cruise } from 'dependency-cruiser';
import config from '../../../.dependency-cruiser.cjs';
import { keyOf } from './picture.mjs';

const TEST = /\.(test|fixture|contract)\.ts$/;
/** What each file belongs to: a function, a layer, the plugins or the local application; npm packages by name. */
const GROUPS = [
  [/^functions\/([^/]+)\//, (name) => `functions/${name}`],
  [/^layers\/([^/]+)\//, (name) => `layers/${name}`],
  [/^plugins\/(formatter)\.ts/, () => 'plugins/formatter.ts, the contract'],
  [/^(plugins|local)\//, (name) => name],
  [/^node_modules\/((?:@[^/]+\/)?[^/]+)/, (name) => name.replace(/^(@aws-sdk|@aws-lambda-powertools)\/.*/, '$1')],
];

function groupOf(file) {
  for (const [pattern, named] of GROUPS) {
    const [, name] = pattern.exec(file) ?? [];
    if (name) return named(name);
  }
  return undefined;
}

/** A Mermaid flowchart, without packages that only the local application uses. */
export async function importPicture() {
  const { output } = await cruise(['functions', 'layers', 'plugins', 'local'], {
    ...config.options,
    outputType: undefined,
  });
  const imports = output.modules
    .filter(({ source }) => !TEST.test(source))
    .flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => [groupOf(source), groupOf(resolved), resolved]),
    )
    .filter(
      ([from, to, resolved]) => from && to && from !== to && !TEST.test(resolved) && !isToolOfLocal(from, resolved),
    );
  const arrows = [...new Set(imports.map(([from, to]) => `${from} --> ${to}`))]
    .sort()
    .map((arrow) => arrow.split(' --> '));
  const groups = [...new Set(arrows.flat())].sort();
  const lines = [
    ...groups.map((group) => `${keyOf(group)}["${group}"]`),
    ...arrows.map(([from, to]) => `${keyOf(from)} --> ${keyOf(to)}`),
  ];
  return ['```mermaid', 'flowchart TD', ...lines.map((line) => `  ${line}`), '```'].join('\n');
}

const isToolOfLocal = (from, resolved) => from === 'local' && resolved.startsWith('node_modules/');
