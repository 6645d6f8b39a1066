import { parseArgs } from 'node:util';
import { exitWithError, printHelpIfRequested, resolveTypedPath } from './command-line';
import { PLATFORM_NAMES, previewFile } from './preview/preview-file';
import { failureOf, lineOf, pictureOf } from './preview/show';
import { openWorkshop } from './preview/workshop';

const USAGE = `npm run preview -- FILE... [--platform ${PLATFORM_NAMES.join('|')}] [--lang zh-CN|en] [--time-zone ZONE] [--plugin FILE.mjs] [--json]

Prints how the events in a file will look, through the very code that the Lambda runs.`;

const OPTIONS = {
  platform: { type: 'string', multiple: true },
  lang: { type: 'string', default: 'zh-CN' },
  'time-zone': { type: 'string', default: 'Asia/Shanghai' },
  plugin: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
} as const;

/** Prints one line per file and platform, or a picture of each; exits non-zero when any file fails, naming it. */
async function main(): Promise<void> {
  printHelpIfRequested(USAGE);
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) throw new Error(USAGE);
  const workshop = await openWorkshop({
    language: values.lang,
    timeZone: values['time-zone'],
    plugins: values.plugin.map(resolveTypedPath),
    platforms: values.platform,
  });
  const failures: string[] = [...workshop.complaints];
  for (const preview of positionals.flatMap((file) => previewFile(file, workshop))) {
    process.stdout.write(values.json ? `${lineOf(preview)}\n` : pictureOf(preview));
    failures.push(...failureOf(preview));
  }
  for (const failure of new Set(failures)) process.stderr.write(`${failure}\n`);
  if (failures.length) process.exitCode = 1;
}

main().catch(exitWithError);
