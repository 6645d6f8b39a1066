import { APP_PLATFORMS } from './app-platforms';
import type { World } from './channel';
import { isOn } from './hosts';
import { PLATFORMS } from './platforms';

/** Answers of these platforms come within a second or two; the deliverer has other things to do. */
const TIMEOUT = 8_000;
/** A file waits for whoever takes it, such as AWS; the worker has a minute for all it does. */
const PATIENCE = 30_000;

/**
 * The real clock and network; or, with the base url of an emulator, `emulator/<host><path>` in place of every
 * `https://<host><path>`. Without one, only the hosts of the platforms are ever called.
 */
export function world(emulator?: string): World {
  const base = emulator?.replace(/\/+$/, '');
  return {
    now: () => Date.now(),
    timeout: TIMEOUT,
    patience: PATIENCE,
    endpoint(url) {
      if (base) return `${base}/${url.host}${url.pathname}${url.search}`;
      if (!isPlatforms(url)) throw new Error('This is not the host of a chat platform.');
      return url.href;
    },
  };
}

/** Whether it is a webhook or the API of a platform. */
function isPlatforms(url: URL): boolean {
  return PLATFORMS.some((platform) => platform.owns(url)) || APP_PLATFORMS.some(({ hosts }) => isOn(url, hosts));
}
