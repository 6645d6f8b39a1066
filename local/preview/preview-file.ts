import { readFileSync } from 'node:fs';
import type { Payload, WebhookPlatform } from '@casebell/im/webhooks';
import { formatEvent } from '../../functions/notifier/format/formatters';
import { unwrapEvents } from '../../functions/notifier/ingest/unwrap';
import { resolveTypedPath } from '../command-line';
import type { Workshop } from './workshop';

export { PLATFORM_NAMES } from './workshop';

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'you may not read it',
};

/** What one platform would be sent for one file. */
export interface Preview {
  file: string;
  platform: WebhookPlatform;
  /** The formatters that answered, joined by `+`; empty when there was nothing to say. */
  formatter: string;
  payloads: Payload[];
  /** UTF-8 bytes of the largest payload. */
  bytes: number;
  problem?: string;
}

/** One preview per platform. A file that cannot be read is one preview with a problem. */
export function previewFile(file: string, workshop: Workshop): Preview[] {
  try {
    const text = readFileSync(resolveTypedPath(file), 'utf8');
    return previewText(file, text, workshop);
  } catch (error) {
    const problem = `cannot be read: ${UNREADABLE[(error as NodeJS.ErrnoException).code ?? ''] ?? error}`;
    return workshop.platforms.map((platform) => ({ file, platform, formatter: '', payloads: [], bytes: 0, problem }));
  }
}

function previewText(
  file: string,
  text: string,
  { formatters, platforms, locale, log, complaints }: Workshop,
): Preview[] {
  complaints.length = 0;
  const made = unwrapEvents(text).flatMap((event) => formatEvent(event, formatters, locale, log) ?? []);
  const problem = complaints.length ? complaints.join('; ') : undefined;
  const formatter = [...new Set(made.map(({ formatter }) => formatter))].join('+');
  return platforms.map((platform) => {
    const payloads = made.flatMap(({ card }) => platform.render(card));
    return { file, platform, formatter, payloads, bytes: Math.max(0, ...payloads.map(sizeOf)), problem };
  });
}

const sizeOf = (payload: Payload): number => Buffer.byteLength(JSON.stringify(payload));
