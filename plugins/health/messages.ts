import type { LocalizedText } from '../formatter';
import { entry } from '../json';

/** The most frequent event types, without `AWS_` and the service's name. */
const TYPES: Record<string, LocalizedText> = {
  API_ISSUE: { en: 'API issue', 'zh-CN': 'API 故障' },
  CREDENTIALS_EXPOSED: { en: 'credentials exposed', 'zh-CN': '密钥泄露' },
  DEGRADED_EBS_VOLUME_PERFORMANCE: { en: 'volume performance degraded', 'zh-CN': '卷性能下降' },
  DEDICATED_HOST_RETIREMENT_SCHEDULED: { en: 'dedicated host retirement scheduled', 'zh-CN': '专用主机计划停用' },
  HARDWARE_MAINTENANCE_SCHEDULED: { en: 'hardware maintenance scheduled', 'zh-CN': '计划硬件维护' },
  INSTANCE_NETWORK_MAINTENANCE_SCHEDULED: { en: 'network maintenance scheduled', 'zh-CN': '实例计划网络维护' },
  INSTANCE_POWER_MAINTENANCE_SCHEDULED: { en: 'power maintenance scheduled', 'zh-CN': '实例计划电力维护' },
  INSTANCE_REBOOT_MAINTENANCE_SCHEDULED: { en: 'instance reboot scheduled', 'zh-CN': '实例计划重启' },
  INSTANCE_REBOOT_FLEXIBLE_MAINTENANCE_SCHEDULED: { en: 'instance reboot scheduled', 'zh-CN': '实例计划重启' },
  INSTANCE_RETIREMENT_SCHEDULED: { en: 'instance retirement scheduled', 'zh-CN': '实例计划停用' },
  INSTANCE_STOP_SCHEDULED: { en: 'instance stop scheduled', 'zh-CN': '实例计划停止' },
  INSTANCE_STORE_DRIVE_PERFORMANCE_DEGRADED: { en: 'instance store degraded', 'zh-CN': '实例存储性能下降' },
  INSTANCE_TERMINATION_SCHEDULED: { en: 'instance termination scheduled', 'zh-CN': '实例计划终止' },
  MAINTENANCE_COMPLETE: { en: 'maintenance complete', 'zh-CN': '维护已完成' },
  MAINTENANCE_SCHEDULED: { en: 'maintenance scheduled', 'zh-CN': '计划维护' },
  OPERATIONAL_ISSUE: { en: 'operational issue', 'zh-CN': '运行故障' },
  OPERATIONAL_NOTIFICATION: { en: 'operational notification', 'zh-CN': '运维通知' },
  PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED: { en: 'instance retirement scheduled', 'zh-CN': '实例计划停用' },
  PLANNED_LIFECYCLE_EVENT: { en: 'end of support or planned change', 'zh-CN': '停止支持或计划变更' },
  REDUNDANCY_LOSS: { en: 'redundancy lost', 'zh-CN': '冗余丢失' },
  RENEWAL_STATE_CHANGE: { en: 'certificate renewal', 'zh-CN': '证书续期状态变化' },
  SECURITY_NOTIFICATION: { en: 'security notification', 'zh-CN': '安全通知' },
  SECURITY_PATCHING_EVENT: { en: 'security patching', 'zh-CN': '安全补丁更新' },
  SYSTEM_MAINTENANCE_SCHEDULED: { en: 'system maintenance scheduled', 'zh-CN': '计划系统维护' },
  SYSTEM_REBOOT_MAINTENANCE_SCHEDULED: { en: 'host reboot scheduled', 'zh-CN': '宿主机计划重启' },
  SYSTEM_UPGRADE_SCHEDULED: { en: 'system upgrade scheduled', 'zh-CN': '计划系统升级' },
  TASK_PATCHING_RETIREMENT: { en: 'task retirement for patching', 'zh-CN': '任务因补丁更新将被替换' },
  VOLUME_LOST: { en: 'volume lost', 'zh-CN': '卷丢失' },
};

/** `AWS_EC2_INSTANCE_STOP_SCHEDULED` of `EC2` as words; an unknown code is shown in lower case. */
export function nameOf(code: string, service: string): LocalizedText | undefined {
  const bare = code.replace(/^AWS_/, '').replace(new RegExp(`^${service.replace(/\W/g, '')}_`), '');
  const spoken = bare.replaceAll('_', ' ').toLowerCase();
  return entry(TYPES, bare) ?? (spoken ? { en: spoken, 'zh-CN': spoken } : undefined);
}

const STATUSES: Record<string, LocalizedText> = {
  open: { en: 'open', 'zh-CN': '进行中' },
  closed: { en: 'closed', 'zh-CN': '已结束' },
  upcoming: { en: 'upcoming', 'zh-CN': '即将开始' },
  IMPAIRED: { en: 'impaired', 'zh-CN': '受影响' },
  UNIMPAIRED: { en: 'not impaired', 'zh-CN': '未受影响' },
  PENDING: { en: 'pending', 'zh-CN': '待处理' },
  RESOLVED: { en: 'resolved', 'zh-CN': '已解决' },
  UNKNOWN: { en: 'unknown', 'zh-CN': '未知' },
  issue: { en: 'issue', 'zh-CN': '故障' },
  investigation: { en: 'investigation', 'zh-CN': '调查中' },
  scheduledChange: { en: 'scheduled change', 'zh-CN': '计划变更' },
  accountNotification: { en: 'account notification', 'zh-CN': '账号通知' },
  ACCOUNT_SPECIFIC: { en: 'this account', 'zh-CN': '仅本账号' },
  PUBLIC: { en: 'public', 'zh-CN': '公共事件' },
  ACTION_REQUIRED: { en: 'required', 'zh-CN': '必须处理' },
  ACTION_MAY_BE_REQUIRED: { en: 'may be required', 'zh-CN': '可能需要处理' },
  INFORMATIONAL: { en: 'none', 'zh-CN': '无需处理' },
};

/** One of the schema's fixed values as words, or as AWS wrote it. */
export function wordFor(value: string | undefined): LocalizedText | undefined {
  return entry(STATUSES, value) ?? (value ? { en: value, 'zh-CN': value } : undefined);
}
