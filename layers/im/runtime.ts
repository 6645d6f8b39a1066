import type { Runtime } from './channel';
import { isOnHosts } from './http';
import { WEBHOOK_PLATFORMS } from './webhook-platforms';

/** These platforms answer within a second or two; the deliverer has other things to do. */
const TIMEOUT_MS = 8_000;
/** The receiver of a file, such as AWS, may be slow; the worker has a minute for everything. */
const IDLE_TIMEOUT_MS = 30_000;

/**
 * Creates the real clock and network.
 * @param emulator base URL of an emulator: `https://<host><path>` is then requested as `<emulator>/<host><path>`.
 * @param apiHosts hosts of bot APIs that may be called in addition to the webhook hosts. Every other host is refused.
 */
export function createRuntime(emulator?: string, apiHosts: readonly string[] = []): Runtime {
  const base = emulator?.replace(/\/+$/, '');
  return {
    now: () => Date.now(),
    timeoutMs: TIMEOUT_MS,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
    resolveEndpoint(url) {
      if (base) return `${base}/${url.host}${url.pathname}${url.search}`;
      if (!isPlatformUrl(url, apiHosts)) throw new Error('This is not the host of a chat platform.');
      return url.href;
    },
  };
}

const isPlatformUrl = (url: URL, apiHosts: readonly string[]): boolean =>
  WEBHOOK_PLATFORMS.some((platform) => platform.ownsUrl(url)) || isOnHosts(url, apiHosts);
