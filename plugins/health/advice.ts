import type { LocalizedText } from '../formatter';
import { entry } from '../json';
import type { Notice } from './notice';

const CLOSED: LocalizedText = {
  en: 'AWS has closed this event.\n**Next**: check that your own workload has recovered before you call it over.',
  'zh-CN': 'AWS 已将该事件标记为结束。\n**下一步**：先确认自己的业务已恢复，再解除告警。',
};

/** By the end of the event type code, where it has more specific advice than its category. */
const BY_TYPE: readonly { ending: string; advice: LocalizedText }[] = [
  {
    ending: '_PLANNED_LIFECYCLE_EVENT',
    advice: {
      en: 'A version or a feature you use is about to change or lose support.\n**Next**: find an owner for each resource and finish the change before the start time.',
      'zh-CN':
        '正在使用的版本或功能即将变更或停止支持。\n**下一步**：为每个资源指定负责人，在开始时间之前完成升级或迁移。',
    },
  },
  {
    ending: '_CREDENTIALS_EXPOSED',
    advice: {
      en: 'An access key of this account is public; assume that it is being used.\n**Next**: disable the key now, then look in CloudTrail for what was done with it in every Region.',
      'zh-CN':
        '本账号的访问密钥已公开泄露，应视为正在被他人使用。\n**下一步**：立即禁用该密钥，并在 CloudTrail 中逐个区域排查其操作记录。',
    },
  },
  {
    ending: '_VOLUME_LOST',
    advice: {
      en: 'The data on the volume is lost; AWS cannot bring it back.\n**Next**: create a new volume from the latest snapshot and attach it.',
      'zh-CN': '卷上的数据已丢失，AWS 无法恢复。\n**下一步**：从最近的快照创建新卷并重新挂载。',
    },
  },
  {
    ending: '_INSTANCE_RETIREMENT_SCHEDULED',
    advice: {
      en: 'The host of the instance is failing; AWS will stop or terminate the instance at the time below.\n**Next**: stop and start an EBS-backed instance before then, which moves it to another host; replace one that has an instance store root.',
      'zh-CN':
        '实例所在的宿主机即将停用，AWS 会在下述时间停止或终止实例。\n**下一步**：EBS 根卷的实例请提前停止再启动（会迁移到新宿主机）；实例存储根卷的实例请提前重建。',
    },
  },
];

const OTHER: LocalizedText = {
  en: '**Next**: read the description and decide whether your workload is affected.',
  'zh-CN': '**下一步**：阅读下方说明，判断业务是否受影响。',
};

const BY_CATEGORY: Record<string, LocalizedText> = {
  issue: {
    en: 'AWS reports a problem on its side.\n**Next**: check whether your workload is affected; move traffic or fail over if it is.',
    'zh-CN': 'AWS 侧出现故障。\n**下一步**：确认业务是否受影响，必要时切换流量或启动容灾。',
  },
  investigation: {
    en: 'AWS is looking into a possible problem; nothing is confirmed yet.\n**Next**: watch your own metrics and be ready to act.',
    'zh-CN': 'AWS 正在调查一个可能的问题，尚未确认。\n**下一步**：留意自己的监控指标，做好处置准备。',
  },
  scheduledChange: {
    en: 'AWS will do this at the time below whether or not you act.\n**Next**: move or restart the resources yourself before it starts, or make sure that they survive it.',
    'zh-CN':
      '无论是否处理，AWS 都会在下述时间执行该变更。\n**下一步**：在开始之前自行迁移或重启资源，或确认业务可以承受。',
  },
  accountNotification: {
    en: 'A notice about your account; no outage is reported.\n**Next**: read it during working hours.',
    'zh-CN': '这是一条账号通知，没有报告故障。\n**下一步**：工作时间内阅读并处理即可。',
  },
};

/** What the event means and what to do next. */
export function adviceOn(notice: Notice): LocalizedText {
  if (notice.status === 'closed' && notice.category !== 'accountNotification') return CLOSED;
  const special = BY_TYPE.find(({ ending }) => notice.code.endsWith(ending));
  return special?.advice ?? entry(BY_CATEGORY, notice.category) ?? OTHER;
}
