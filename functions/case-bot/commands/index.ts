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
import { submit } from './submit';
import { fill } from './fill';
import { follow } from './follow';
import { createHelp } from './help';
import { allowlist } from './allowlist';
import { open } from './open';
import { reply } from './reply';
import { resolve } from './resolve';
import { confirmResolve } from './confirm-resolve';
import { services } from './services';
import { show } from './show';
import { allowlistOff } from './allowlist-off';

/** In the order in which help shows them. */
const COMMANDS_WITHOUT_HELP: readonly Command[] = [
  ...[open, content, fill, edit, submit, discard],
  ...[services, cases, show, reply, attach, follow, resolve, confirmResolve],
  ...[check, allow, deny, allowlist, allowlistOff, admin],
];

export const COMMANDS: readonly Command[] = [...COMMANDS_WITHOUT_HELP, createHelp(COMMANDS_WITHOUT_HELP)];
