import type { LocalizedText } from '../formatter';
import { entry } from '../json';

const WORKLOAD: LocalizedText = {
  en: '**Next**: isolate the workload, keep its image and logs as evidence, and replace it with a clean one.',
  'zh-CN': '**下一步**：隔离该工作负载，保留镜像和日志作为证据，再用干净的版本替换。',
};

const DATABASE: LocalizedText = {
  en: '**Next**: close the database to the public, rotate the password of its user, and check what was read.',
  'zh-CN': '**下一步**：关闭数据库的公网访问，轮换用户密码，并核查数据是否被读取。',
};

const BUCKET: LocalizedText = {
  en: '**Next**: block public access, check the bucket policy, and see in CloudTrail who read or wrote.',
  'zh-CN': '**下一步**：开启“阻止公有访问”，检查存储桶策略，并在 CloudTrail 中核查谁读写过数据。',
};

const OTHER: LocalizedText = {
  en: '**Next**: open the finding and decide whether this activity is yours.',
  'zh-CN': '**下一步**：打开该发现，判断是否为自己的操作。',
};

const PROBE: LocalizedText = {
  en: '**Next**: restrict the port in the security group to the addresses that need it. A probe alone is no break-in.',
  'zh-CN': '**下一步**：在安全组中把该端口限制为必要的来源地址；被探测不等于已被入侵。',
};

const SEQUENCE: LocalizedText = {
  en: 'Several signals belong to one attack.\n**Next**: treat it as an incident: contain the resources and the credentials below at once, then follow the signals in their order.',
  'zh-CN': '多个信号同属一次攻击。\n**下一步**：按安全事件处置，立即隔离下列资源和凭证，再按顺序逐条排查信号。',
};

/** The first steps of "Remediating security issues discovered by GuardDuty", by `resource.resourceType`. */
const BY_RESOURCE: Record<string, LocalizedText> = {
  AttackSequence: SEQUENCE,
  Instance: {
    en: '**Next**: unless you know this activity, isolate the instance with a security group that allows nothing, snapshot its volumes, and only then clean or replace it.',
    'zh-CN': '**下一步**：若非已知操作，先用不放行任何流量的安全组隔离实例，为卷创建快照留证，再清理或重建。',
  },
  AccessKey: {
    en: '**Next**: ask the owner; if it was not them, disable the access key or revoke the sessions of the role, and look in CloudTrail for what else was done.',
    'zh-CN': '**下一步**：向所有者确认；若非本人操作，立即禁用访问密钥或撤销角色会话，并在 CloudTrail 中排查其他操作。',
  },
  S3Bucket: BUCKET,
  S3Object: BUCKET,
  EKSCluster: WORKLOAD,
  ECSCluster: WORKLOAD,
  Container: WORKLOAD,
  Lambda: WORKLOAD,
  RDSDBInstance: DATABASE,
  RDSLimitlessDB: DATABASE,
};

export function adviceOn(resourceType: string | undefined, actionType: string | undefined): LocalizedText {
  return actionType === 'PORT_PROBE' ? PROBE : (entry(BY_RESOURCE, resourceType) ?? OTHER);
}
