import type { Command } from '../domain/command';
import { admin } from './admin';
import { allow } from './allow';
import { attach } from './attach';
import { cases } from './cases';
import { check } from './check';
import { content } from './content';
import { deny } from './deny';
import { discard } from './discard';
import { edit } from './edit';
import { file } from './submit';
import { fill } from './fill';
import { follow } from './follow';
import { openHelp } from './help';
import { list } from './allowlist';
import { open } from './open';
import { reply } from './reply';
import { resolve } from './resolve';
import { resolveNow } from './confirm-resolve';
import { services } from './services';
import { show } from './show';
import { unlist } from './allowlist-off';

/** In the order in which help shows them. */
const SPECIAL: readonly Command[] = [
  ...[open, content, fill, edit, file, discard],
  ...[services, cases, show, reply, attach, follow, resolve, resolveNow],
  ...[check, allow, deny, list, unlist, admin],
];

export const COMMANDS: readonly Command[] = [...SPECIAL, openHelp(SPECIAL)];
