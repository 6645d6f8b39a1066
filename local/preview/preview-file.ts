import { readFileSync } from 'node:fs';
import type { Payload, WebhookPlatform } from '@casebell/im/webhooks';
import { formatEvent } from '../../functions/notifier/format/formatters';
import { unwrapEvents } from '../../functions/notifier/ingest/unwrap';
import { resolveTypedPath } from '../command-line';
import type { PreviewContext } from './context';

const READ_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'you may not read it',
};

/** The messages with which one platform shows the events of one file. */
export interface Preview {
  file: string;
  platform: WebhookPlatform;
  /** The formatters that matched, joined by `+`; empty if the file has no event. */
  formatter: string;
  payloads: Payload[];
  /** UTF-8 bytes of the largest payload. */
  bytes: number;
  error?: string;
}

/** One preview per platform; each has the error if the file cannot be read. */
export function previewFile(file: string, context: PreviewContext): Preview[] {
  try {
    return previewText(file, readFileSync(resolveTypedPath(file), 'utf8'), context);
  } catch (thrown) {
    const error = `cannot be read: ${READ_ERRORS[(thrown as NodeJS.ErrnoException).code ?? ''] ?? thrown}`;
    return context.platforms.map((platform) => ({ file, platform, formatter: '', payloads: [], bytes: 0, error }));
  }
}

function previewText(
  file: string,
  text: string,
  { formatters, platforms, locale, log, errors }: PreviewContext,
): Preview[] {
  errors.length = 0;
  const formatted = unwrapEvents(text).flatMap((event) => formatEvent(event, formatters, locale, log) ?? []);
  const error = errors.length ? errors.join('; ') : undefined;
  const formatter = [...new Set(formatted.map((each) => each.formatter))].join('+');
  return platforms.map((platform) => {
    const payloads = formatted.flatMap(({ card }) => platform.render(card));
    const bytes = Math.max(0, ...payloads.map((payload) => Buffer.byteLength(JSON.stringify(payload))));
    return { file, platform, formatter, payloads, bytes, error };
  });
}
