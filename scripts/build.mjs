#!/usr/bin/env node
// Builds everything that is deployed, and the local application, into dist/. The template points there.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const common = {
  bundle: true,
  platform: 'node',
  // The oldest Node version that runs it is a developer's; Lambda's is newer.
  target: 'node20',
  format: 'cjs',
  minify: true,
  // The SDK's ES modules are a third smaller once bundled.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
};

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Every function's entry points: `functions/<name>/<entry>.ts`. */
const FUNCTIONS = { notifier: ['handler', 'aws/parameters'], 'case-bot': ['callback', 'worker'] };

/** Separate files, loaded only where accounts have names, so that they do not slow every cold start. */
const LAZY = ['./aws/parameters'];

/** Where Node finds a layer's package on Lambda. */
const packageOf = (layer) => `dist/layers/${layer}/nodejs/node_modules/@casebell/${layer}`;
const BUILT_IN = 'dist/layers/plugins/nodejs/plugins/built-in';

const folders = (place) =>
  readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** The SDK's `import('node:http')` makes Node load its whole ES module loader; `require` has the same result without it. */
const builtinsRequired = {
  name: 'builtins-required',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules\/@(aws|aws-sdk|smithy)\/.*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/\bimport\((["']node:\w+["'])\)/g, 'Promise.resolve(require($1))'),
    })),
};

/** Bundles that call AWS. Layers are not bundled: Lambda finds them through NODE_PATH. */
const forAws = {
  ...common,
  external: ['@casebell/im/*', '@casebell/ai', ...LAZY],
  // A third of the bundle, and of its load time, would be credential providers that Lambda does not use.
  alias: { '@aws-sdk/credential-provider-node': './scripts/lambda-credentials.mjs' },
  plugins: [builtinsRequired],
  // The SDK reads it before every call, and the first access makes Node load all web streams.
  define: { ReadableStream: 'undefined' },
};

async function buildFunction(name, entry) {
  const outfile = `dist/functions/${name}/${entry}.js`;
  const { metafile } = await build({
    ...forAws,
    entryPoints: [`functions/${name}/${entry}.ts`],
    outfile,
    metafile: true,
  });
  // Every cold start would load the layer, also where the stack has none.
  const isEager = ({ path, kind }) => path === '@casebell/ai' && kind !== 'require-call';
  if (metafile.outputs[outfile].imports.some(isEager)) throw new Error(`${outfile} imports @casebell/ai at its start.`);
}

const buildFunctions = () =>
  Promise.all(
    Object.entries(FUNCTIONS).flatMap(([name, entries]) => entries.map((entry) => buildFunction(name, entry))),
  );

const NOTHING = { contents: 'export default undefined; export const getFetch = () => undefined;' };
const UNUSED_IN_AXIOS = [
  /axios\/lib\/adapters\/(http|xhr|fetch)\.js$/,
  /axios\/lib\/platform\/node\/classes\/FormData\.js$/,
];

/** axios without its adapters (the layer has its own) and without its form encoder. */
const axiosTrimmed = {
  name: 'axios-trimmed',
  setup: ({ onLoad }) => {
    for (const filter of UNUSED_IN_AXIOS) onLoad({ filter }, () => NOTHING);
  },
};

const buildIm = () =>
  buildLayer('im', ['webhooks', 'bots'], {
    ...common,
    alias: { axios: './node_modules/axios/lib/axios.js' },
    plugins: [axiosTrimmed],
    // axios reads these while it loads, and the first access makes Node load all of fetch: 20 ms of every cold start.
    define: { globalThis: '{}', FormData: 'undefined', Blob: 'undefined', ReadableStream: 'undefined' },
  });

/** A layer's package has one file per entry: `@casebell/<layer>/<entry>`, or `@casebell/<layer>` for `index`. */
async function buildLayer(name, entries, options) {
  const entryPoints = entries.map((entry) => `layers/${name}/${entry}.ts`);
  await build({ ...options, entryPoints, outdir: packageOf(name) });
  const description = { name: `@casebell/${name}`, version, main: `${entries[0]}.js` };
  writeFileSync(`${packageOf(name)}/package.json`, `${JSON.stringify(description)}\n`);
}

/** Each plugin is one file, like a user's plugin. */
const buildPlugins = () =>
  Promise.all(
    folders('plugins').map((name) =>
      build({ ...common, entryPoints: [`plugins/${name}/formatter.ts`], outfile: `${BUILT_IN}/${name}.cjs` }),
    ),
  );

/** Development only: unminified, dependencies left in node_modules, so that stack traces can be read. */
const buildLocal = () =>
  build({
    ...common,
    minify: false,
    sourcemap: 'inline',
    entryPoints: ['start', 'say', 'demo', 'preview', 'bench', 'trace'].map((name) => `local/${name}.ts`),
    outdir: 'dist/local',
    packages: 'external',
    alias: { '@casebell/im': './layers/im', '@casebell/ai': './layers/ai/index.ts' },
  });

/** Every local function process loads the Lambda runtime, so it is a small separate bundle. */
const buildBootstrap = () =>
  build({ ...common, entryPoints: ['local/lambda/bootstrap.ts'], outfile: 'dist/local/bootstrap.js' });

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });
// Not deployed: without it Node would look for @casebell/im in this project's package.json first.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
await Promise.all([
  buildFunctions(),
  buildIm(),
  buildLayer('ai', ['index'], forAws),
  buildPlugins(),
  buildLocal(),
  buildBootstrap(),
]);
for (const layer of ['im', 'ai', 'plugins']) cpSync('LICENSE', `dist/layers/${layer}/LICENSE`);
