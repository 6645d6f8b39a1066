import * as dingtalk from './dingtalk/workplace';
import * as feishu from './feishu/workplace';
import * as slack from './slack/workplace';
import type { Workplace, WorkplaceOptions } from './workplace';

/** One organisation on every platform on which people can talk to a bot. */
export function openWorkplaces(options: WorkplaceOptions): Workplace[] {
  return [dingtalk, feishu, slack].flatMap(({ openWorkplace }) => openWorkplace(options) ?? []);
}
