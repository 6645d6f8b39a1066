import type { Archive } from './archive';
import type { Cabinet } from './cabinet';
import type { Postman } from './postman';
import type { ResponseUrls } from './response-urls';
import type { Stamp } from './stamp';

/** What people use to talk. */
export interface Hall {
  archive: Archive;
  cabinet: Cabinet;
  postman: Postman;
  /** Channels that the bot is not in. */
  outside: Set<string>;
  responses: ResponseUrls;
  stamp(): Stamp;
}
