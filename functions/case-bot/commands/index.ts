import type { Command } from '../domain/command';
import { admin } from './admin';
import { allow } from './allow';
import { allowlist } from './allowlist';
import { allowlistOff } from './allowlist-off';
import { attach } from './attach';
import { cases } from './cases';
import { check } from './check';
import { confirmResolve } from './confirm-resolve';
import { content } from './content';
import { deny } from './deny';
import { discard } from './discard';
import { edit } from './edit';
import { fill } from './fill';
import { follow } from './follow';
import { createHelp } from './help';
import { open } from './open';
import { reply } from './reply';
import { resolve } from './resolve';
import { services } from './services';
import { show } from './show';
import { submit } from './submit';

/** In the order of the help. */
const LISTED: readonly Command[] = [
  ...[open, content, fill, edit, submit, discard],
  ...[services, cases, show, reply, attach, follow, resolve, confirmResolve],
  ...[check, allow, deny, allowlist, allowlistOff, admin],
];

export const help: Command = createHelp(LISTED);

export const COMMANDS: readonly Command[] = [...LISTED, help];
