// Who imports whom, room by room, as dependency-cruiser sees it; tests are left out.
import { cruise } from 'dependency-cruiser';
import config from '../../../.dependency-cruiser.cjs';
import { keyOf } from './picture.mjs';

const TEST = /\.(test|fixture|contract)\.ts$/;
/** What each file belongs to: a function, the layer, the plug-ins or the local application; npm packages by name. */
const ROOMS = [
  [/^functions\/([^/]+)\//, (name) => `functions/${name}`],
  [/^layers\/([^/]+)\//, (name) => `layers/${name}`],
  [/^plugins\/(formatter)\.ts/, () => 'plugins/formatter.ts, the contract'],
  [/^(plugins|local)\//, (name) => name],
  [/^node_modules\/((?:@[^/]+\/)?[^/]+)/, (name) => name.replace(/^(@aws-sdk|@aws-lambda-powertools)\/.*/, '$1')],
];

function roomOf(file) {
  for (const [pattern, named] of ROOMS) {
    const [, name] = pattern.exec(file) ?? [];
    if (name) return named(name);
  }
  return undefined;
}

/** A flowchart of Mermaid; the packages that only the local application uses are left out. */
export async function roomPicture() {
  const { output } = await cruise(['functions', 'layers', 'plugins', 'local'], {
    ...config.options,
    outputType: undefined,
  });
  const imports = output.modules
    .filter(({ source }) => !TEST.test(source))
    .flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => [roomOf(source), roomOf(resolved), resolved]),
    )
    .filter(([from, to, resolved]) => from && to && from !== to && !TEST.test(resolved) && !isToy(from, resolved));
  const arrows = [...new Set(imports.map(([from, to]) => `${from} --> ${to}`))]
    .sort()
    .map((arrow) => arrow.split(' --> '));
  const rooms = [...new Set(arrows.flat())].sort();
  const lines = [
    ...rooms.map((room) => `${keyOf(room)}["${room}"]`),
    ...arrows.map(([from, to]) => `${keyOf(from)} --> ${keyOf(to)}`),
  ];
  return ['```mermaid', 'flowchart TD', ...lines.map((line) => `  ${line}`), '```'].join('\n');
}

const isToy = (from, resolved) => from === 'local' && resolved.startsWith('node_modules/');
