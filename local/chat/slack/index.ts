import type { Emulator } from '../platform';
import { answer } from './answer';
import { see } from './see';

export const slack: Emulator = {
  name: { zh: 'Slack', en: 'Slack' },
  owns: (host) => host === 'hooks.slack.com',
  answer,
  see,
};
