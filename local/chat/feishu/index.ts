import type { Emulator } from '../platform';
import { answer } from './answer';
import { see } from './see';

const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];

export const feishu: Emulator = {
  name: { zh: '飞书', en: 'Feishu / Lark' },
  owns: (host) => HOSTS.includes(host),
  answer,
  see,
};
