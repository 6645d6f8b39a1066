import type { Payload } from '@casebell/im/webhooks';
import type { PlatformName } from '../chat/platforms';
import { PLATFORMS } from '../chat/platforms';
import { drawMessage } from '../chat/ui/terminal';
import type { Preview } from './preview-file';

/**
 * The line of `--json`: `{file, platform, formatter, payload, bytes, limit, parts}`, and `rest` with the further messages where
 * there are several. `bytes` is the size of the largest message.
 */
export function lineOf({ file, platform, formatter, payloads, bytes }: Preview): string {
  const [payload = null, ...rest] = payloads;
  const further = rest.length ? { rest } : {};
  return JSON.stringify({
    file,
    platform: platform.name,
    formatter,
    payload,
    bytes,
    limit: platform.maxBytes,
    parts: payloads.length,
    ...further,
  });
}

/** The messages as the chat shows them, under a line that says where they come from; nothing for a file that failed. */
export function pictureOf({ file, platform, formatter, payloads, bytes, problem }: Preview): string {
  if (problem && payloads.length === 0) return '';
  const made = payloads.length
    ? `${formatter}, ${payloads.length} message(s), at most ${bytes} of ${platform.maxBytes} bytes`
    : 'nothing to say: it holds no event and no words';
  const pictures = payloads.map((payload) => draw(platform.name as PlatformName, payload));
  return [`${file} · ${platform.name} · ${made}`, ...pictures, ''].join('\n');
}

/** Why this preview is a failure, with the file's name; nothing when it is none. */
export function failureOf({ file, platform, bytes, problem }: Preview): string[] {
  const tooLong =
    bytes > platform.maxBytes ? [`a payload of ${bytes} bytes is over the limit of ${platform.maxBytes}`] : [];
  return [
    ...(problem ? [`${file}: ${problem}`] : []),
    ...tooLong.map((reason) => `${file}: ${platform.name}: ${reason}`),
  ];
}

const WIDTH = 78;

function draw(platform: PlatformName, payload: Payload): string {
  const view = PLATFORMS[platform].view(payload);
  return drawMessage({ platform }, { view }, WIDTH, process.stdout.isTTY);
}
