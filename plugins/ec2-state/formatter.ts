import type { AwsEvent, Card, Formatter, Locale, LocalizedText } from '../formatter';
import { entry, type Json, list, text } from '../json';

interface State {
  severity: Card['severity'];
  name: LocalizedText;
  advice: LocalizedText;
}

/** The lifecycle of "Amazon EC2 instance state changes" (EC2 User Guide); transitional states are not shown. */
const STATES: Readonly<Record<string, State>> = {
  pending: {
    severity: 'info',
    name: { en: 'starting', 'zh-CN': '正在启动' },
    advice: { en: 'The instance is starting.', 'zh-CN': '实例正在启动。' },
  },
  running: {
    severity: 'resolved',
    name: { en: 'running', 'zh-CN': '已启动' },
    advice: {
      en: 'The instance runs and is billed.\n**Next**: check that its services are up; running says nothing about the status checks.',
      'zh-CN': '实例已进入运行状态并开始计费。\n**下一步**：确认业务已正常启动；“运行中”不代表状态检查已通过。',
    },
  },
  stopping: {
    severity: 'info',
    name: { en: 'stopping', 'zh-CN': '正在停止' },
    advice: { en: 'The instance is stopping or hibernating.', 'zh-CN': '实例正在停止或休眠。' },
  },
  stopped: {
    severity: 'warning',
    name: { en: 'stopped', 'zh-CN': '已停止' },
    advice: {
      en: 'The instance is shut down and can be started again; its instance store is empty.\n**Next**: was it planned? If not, look for `StopInstances` in CloudTrail and start the instance again.',
      'zh-CN':
        '实例已关机，可以重新启动，但实例存储上的数据已丢失。\n**下一步**：是计划内操作吗？如果不是，请在 CloudTrail 中查找 `StopInstances` 的发起者，并重新启动实例。',
    },
  },
  'shutting-down': {
    severity: 'info',
    name: { en: 'shutting down', 'zh-CN': '正在终止' },
    advice: { en: 'The instance is being terminated.', 'zh-CN': '实例正在终止。' },
  },
  terminated: {
    severity: 'warning',
    name: { en: 'terminated', 'zh-CN': '已终止' },
    advice: {
      en: 'The instance is gone for good and cannot be started again.\n**Next**: was it planned (Auto Scaling, Spot, a deployment)? If not, look for `TerminateInstances` in CloudTrail and rebuild from a backup.',
      'zh-CN':
        '实例已被永久删除，无法再启动。\n**下一步**：是计划内操作吗（Auto Scaling、Spot 回收、发布）？如果不是，请在 CloudTrail 中查找 `TerminateInstances` 的发起者，并从备份恢复。',
    },
  },
};

function format(event: AwsEvent<Json | undefined>, locale: Locale): Card {
  const { detail, account, region, time, resources } = event;
  // Some hand-written events and library tests have `instance_id`.
  const instance = text(detail?.['instance-id']) ?? text(detail?.instance_id) ?? instanceIn(resources);
  const state = entry(STATES, text(detail?.state));
  const word = text(detail?.state) ?? locale.t({ en: 'changed state', 'zh-CN': '状态变化' });
  const name = state ? locale.t(state.name) : word;
  const when = text(time);
  return {
    title: [locale.t({ en: `EC2 instance ${name}`, 'zh-CN': `告警 · EC2 实例${name}` }), instance]
      .filter(Boolean)
      .join(' · '),
    severity: state?.severity ?? 'info',
    text: state && locale.t(state.advice),
    facts: [
      { label: locale.t('resources'), value: instance ?? '' },
      { label: locale.t('state'), value: word },
      { label: locale.t('account'), value: locale.account(text(account) ?? '') },
      { label: locale.t('region'), value: text(region) ?? '' },
      { label: locale.t({ en: 'Since', 'zh-CN': '变更时间' }), value: when ? locale.time(when) : '' },
    ].filter((fact) => fact.value),
    links: instance && text(region) ? [{ label: instance, url: linkTo(instance, region, locale) }] : [],
  };
}

/** The last part of `arn:aws:ec2:us-west-1:111122223333:instance/i-1234`. */
const instanceIn = (resources: unknown): string | undefined => text(list(resources)[0])?.split('/').at(-1);

function linkTo(instance: string, region: string, locale: Locale): string {
  const page = /^[\w-]{1,64}$/.test(instance) ? `#InstanceDetails:instanceId=${instance}` : '#Instances:';
  return locale.console('ec2', region, page);
}

export default {
  name: 'ec2-state',
  pattern: { source: ['aws.ec2'], 'detail-type': ['EC2 Instance State-change Notification'] },
  format,
} satisfies Formatter<Json | undefined>;
