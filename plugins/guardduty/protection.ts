import type { AwsEvent, Card, Locale, LocalizedText } from '../formatter';
import { entry, fact, type Json, list, text } from '../json';
import { join } from './actor';

interface Outcome {
  severity: Card['severity'];
  title: LocalizedText;
  advice: LocalizedText;
}

const NOTHING: LocalizedText = { en: 'Nothing to do.', 'zh-CN': '无需处理。' };
const UNSCANNED: LocalizedText = {
  en: 'The object was not scanned, so nothing is known about it.\n**Next**: keep it away from users until it has been checked.',
  'zh-CN': '该对象没有被扫描，是否安全未知。\n**下一步**：确认安全之前不要提供给用户使用。',
};
const UNPROTECTED: LocalizedText = {
  en: 'New objects in this bucket may not be scanned.\n**Next**: repair the role of the malware protection plan or its settings.',
  'zh-CN': '该存储桶中的新对象可能不会被扫描。\n**下一步**：检查恶意软件防护计划的角色权限和设置。',
};

/** By `scanResultStatus` ("Monitoring S3 object scans", GuardDuty User Guide). */
const SCANS: Record<string, Outcome> = {
  THREATS_FOUND: {
    severity: 'critical',
    title: { en: 'malware found', 'zh-CN': '发现恶意软件' },
    advice: {
      en: '**Next**: quarantine or delete the object, and find out who uploaded it and who has read it since.',
      'zh-CN': '**下一步**：隔离或删除该对象，排查上传者，以及之后有谁读取过。',
    },
  },
  NO_THREATS_FOUND: { severity: 'info', title: { en: 'no malware found', 'zh-CN': '未发现恶意软件' }, advice: NOTHING },
  UNSUPPORTED: { severity: 'warning', title: { en: 'not scannable', 'zh-CN': '不支持扫描' }, advice: UNSCANNED },
  ACCESS_DENIED: { severity: 'warning', title: { en: 'scan denied', 'zh-CN': '无权限扫描' }, advice: UNSCANNED },
  FAILED: { severity: 'warning', title: { en: 'scan failed', 'zh-CN': '扫描失败' }, advice: UNSCANNED },
};

/** By the end of the detail-type; the list is that of "Amazon GuardDuty events" (EventBridge Events Reference). */
const STATUSES: Record<string, Outcome> = {
  Active: {
    severity: 'resolved',
    title: { en: 'malware protection active', 'zh-CN': '恶意软件防护已生效' },
    advice: NOTHING,
  },
  Warning: {
    severity: 'warning',
    title: { en: 'malware protection limited', 'zh-CN': '恶意软件防护受限' },
    advice: UNPROTECTED,
  },
  Error: {
    severity: 'critical',
    title: { en: 'malware protection down', 'zh-CN': '恶意软件防护失效' },
    advice: UNPROTECTED,
  },
  Failed: {
    severity: 'warning',
    title: { en: 'scanned object not tagged', 'zh-CN': '扫描后打标签失败' },
    advice: {
      en: 'Whoever waits for the tag waits in vain.\n**Next**: check that the role may tag, and that the object exists and has fewer than ten tags.',
      'zh-CN':
        '依赖该标签的流程会一直等待。\n**下一步**：检查角色是否有打标签的权限、对象是否存在、标签是否已满 10 个。',
    },
  },
  Healthy: {
    severity: 'resolved',
    title: { en: 'runtime monitoring healthy', 'zh-CN': '运行时监控恢复正常' },
    advice: NOTHING,
  },
  Unhealthy: {
    severity: 'warning',
    title: { en: 'runtime monitoring unhealthy', 'zh-CN': '运行时监控异常' },
    advice: {
      en: 'GuardDuty is blind on this resource until it is repaired.\n**Next**: check the security agent and its VPC endpoint.',
      'zh-CN': '修复之前，GuardDuty 无法监控该资源。\n**下一步**：检查安全代理（agent）及其 VPC 终端节点。',
    },
  },
};

/** GuardDuty events that are no findings: an object scan, or a change of the protection. */
export function protectionCard(event: AwsEvent<Json | undefined>, locale: Locale): Card {
  const { detail } = event;
  const result = text(detail?.scanResultDetails?.scanResultStatus);
  const ending = text(event['detail-type'])?.split(' ').at(-1);
  const outcome = entry(SCANS, result) ?? entry(STATUSES, ending);
  const region = text(event.region) ?? '';
  const when = text(event.time);
  const name = outcome ? locale.t(outcome.title) : (result ?? text(event['detail-type']) ?? '');
  const resource = resourceOf(detail);
  return {
    title: [locale.t({ en: 'GuardDuty', 'zh-CN': '告警 · GuardDuty' }), name, resource].filter(Boolean).join(' · '),
    severity: outcome?.severity ?? 'warning',
    text: outcome && locale.t(outcome.advice),
    facts: [
      ...fact(locale.t('resources'), resource),
      ...fact(locale.t({ en: 'Malware', 'zh-CN': '恶意软件' }), threatsOf(detail)),
      ...fact(locale.t('status'), statusOf(detail)),
      ...fact(locale.t('reason'), reasonOf(detail)),
      ...fact(locale.t('account'), locale.account(text(detail?.resourceAccountId) ?? text(event.account) ?? '')),
      ...fact(locale.t('region'), region),
      ...fact(locale.t('time'), when && locale.time(when)),
    ],
    links: [{ label: 'GuardDuty', url: locale.console('guardduty', region, '#/') }],
  };
}

function resourceOf(detail: Json | undefined): string {
  const { s3ObjectDetails: object, s3BucketDetails: bucket, resourceDetails: its } = detail ?? {};
  const [name, key] = [text(object?.bucketName) ?? text(bucket?.bucketName), text(object?.objectKey)];
  if (name) return ['s3:/', name, key].filter(Boolean).join('/');
  const cluster = its?.eksClusterDetails?.clusterName ?? its?.ecsClusterDetails?.clusterName;
  return join([its?.resourceType, its?.ec2InstanceDetails?.instanceId ?? cluster]);
}

function threatsOf(detail: Json | undefined): string {
  return join(list(detail?.scanResultDetails?.threats).map((threat) => threat.name));
}

function statusOf(detail: Json | undefined): string {
  const moved = [text(detail?.previousStatus), text(detail?.currentStatus)].filter(Boolean).join(' → ');
  return join([detail?.scanStatus, detail?.scanResultDetails?.scanResultStatus, detail?.resourceStatus, moved]);
}

function reasonOf(detail: Json | undefined): string {
  const fargate = detail?.resourceDetails?.ecsClusterDetails?.fargateDetails;
  const actions = list(detail?.postScanActions).map((one) => join([one.actionType, one.failureReason]));
  const codes = list(detail?.statusReasons).map((one) => text(one) ?? text(one.code));
  return join([detail?.issue, ...list(fargate?.issues), ...actions, ...codes]);
}
