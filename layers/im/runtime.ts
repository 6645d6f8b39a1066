import type { Runtime } from './channel';
import { isOn } from './hosts';
import { WEBHOOK_PLATFORMS } from './webhook-platforms';

/** Answers of these platforms come within a second or two; the deliverer has other things to do. */
const TIMEOUT = 8_000;
/** A file waits for whoever takes it, such as AWS; the worker has a minute for all it does. */
const PATIENCE = 30_000;

/**
 * The real clock and network.
 * @param emulator base URL of an emulator: `https://<host><path>` is then requested as `<emulator>/<host><path>`.
 * @param apiHosts hosts of bot APIs that may be called besides the webhook hosts. Every other host is refused.
 */
export function createRuntime(emulator?: string, apiHosts: readonly string[] = []): Runtime {
  const base = emulator?.replace(/\/+$/, '');
  return {
    now: () => Date.now(),
    timeoutMs: TIMEOUT,
    idleTimeoutMs: PATIENCE,
    resolveEndpoint(url) {
      if (base) return `${base}/${url.host}${url.pathname}${url.search}`;
      if (!isPlatformUrl(url, apiHosts)) throw new Error('This is not the host of a chat platform.');
      return url.href;
    },
  };
}

const isPlatformUrl = (url: URL, apiHosts: readonly string[]): boolean =>
  WEBHOOK_PLATFORMS.some((platform) => platform.ownsUrl(url)) || isOn(url, apiHosts);
