import type { Command } from './command';
import { admin } from './commands/admin';
import { allow } from './commands/allow';
import { attach } from './commands/attach';
import { cases } from './commands/cases';
import { check } from './commands/check';
import { content } from './commands/content';
import { deny } from './commands/deny';
import { discard } from './commands/discard';
import { edit } from './commands/edit';
import { file } from './commands/file';
import { fill } from './commands/fill';
import { follow } from './commands/follow';
import { openHelp } from './commands/help';
import { list } from './commands/list';
import { open } from './commands/open';
import { reply } from './commands/reply';
import { resolve } from './commands/resolve';
import { resolveNow } from './commands/resolve-now';
import { services } from './commands/services';
import { show } from './commands/show';
import { unlist } from './commands/unlist';

/** In the order in which help shows them. */
const SPECIAL: readonly Command[] = [
  ...[open, content, fill, edit, file, discard],
  ...[services, cases, show, reply, attach, follow, resolve, resolveNow],
  ...[check, allow, deny, list, unlist, admin],
];

export const COMMANDS: readonly Command[] = [...SPECIAL, openHelp(SPECIAL)];
