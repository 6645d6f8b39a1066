import { parseArgs } from 'node:util';
import { platformNamed } from './chat/platforms';
import { drawMessage } from './chat/ui/terminal';
import { exitWithError, printHelpIfRequested, resolveTypedPath } from './command-line';
import { createPreviewContext, PLATFORM_NAMES } from './preview/context';
import { type Preview, previewFile } from './preview/preview-file';

const USAGE = `npm run preview -- FILE... [--platform ${PLATFORM_NAMES.join('|')}] [--lang zh-CN|en] [--time-zone ZONE] [--plugin FILE.mjs] [--json]

Shows the messages for the events in a file, made by the code of the Lambda function.`;

const OPTIONS = {
  platform: { type: 'string', multiple: true },
  lang: { type: 'string', default: 'zh-CN' },
  'time-zone': { type: 'string', default: 'Asia/Shanghai' },
  plugin: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
} as const;

const WIDTH = 78;

/** Prints the messages, or one line of JSON per file and platform; the exit code is 1 if any file fails. */
async function main(): Promise<void> {
  printHelpIfRequested(USAGE);
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (positionals.length === 0) throw new Error(USAGE);
  const context = await createPreviewContext({
    language: values.lang,
    timeZone: values['time-zone'],
    plugins: values.plugin.map(resolveTypedPath),
    platforms: values.platform,
  });
  const failures: string[] = [...context.errors];
  for (const preview of positionals.flatMap((file) => previewFile(file, context))) {
    process.stdout.write(values.json ? `${toJsonLine(preview)}\n` : draw(preview));
    failures.push(...failuresOf(preview));
  }
  for (const failure of new Set(failures)) process.stderr.write(`${failure}\n`);
  if (failures.length) process.exitCode = 1;
}

/** `bytes` is the size of the largest message; `rest` has the messages after the first. */
function toJsonLine({ file, platform, formatter, payloads, bytes }: Preview): string {
  const [payload = null, ...rest] = payloads;
  const sizes = { bytes, limit: platform.maxBytes, parts: payloads.length };
  return JSON.stringify({ file, platform: platform.name, formatter, payload, ...sizes, ...(rest.length && { rest }) });
}

/** The messages as the chat shows them, under a title; empty for a file that failed. */
function draw({ file, platform: { name, maxBytes }, formatter, payloads, bytes, error }: Preview): string {
  if (error && payloads.length === 0) return '';
  const summary = payloads.length
    ? `${formatter}, ${payloads.length} message(s), at most ${bytes} of ${maxBytes} bytes`
    : 'no message: the file has neither an event nor text';
  const messages = payloads.map((payload) =>
    drawMessage({ platform: name }, { view: platformNamed(name).view(payload) }, WIDTH, process.stdout.isTTY),
  );
  return [`${file} · ${name} · ${summary}`, ...messages, ''].join('\n');
}

function failuresOf({ file, platform, bytes, error }: Preview): string[] {
  const isTooLong = bytes > platform.maxBytes;
  return [
    ...(error ? [`${file}: ${error}`] : []),
    ...(isTooLong ? [`${file}: ${platform.name}: ${bytes} bytes are over the limit of ${platform.maxBytes}`] : []),
  ];
}

main().catch(exitWithError);
