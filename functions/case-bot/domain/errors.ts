import { DeliveryError } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { SupportError, type SupportErrorKind } from './support-client';
/** What a person said cannot be done as it was said: told to that person in plain words, with what to do next. */
export class UserInputError extends Error {
  override readonly name = 'UserInputError';
  readonly userMessage: LocalizedText;

  constructor(both: LocalizedText) {
    super(both.en);
    this.userMessage = both;
  }
}

/** Not now, but the same message may work in a minute: the queue brings it again. */
export class RetryLaterError extends Error {
  override readonly name = 'RetryLaterError';
  /** What the person is told meanwhile. */
  readonly userMessage?: LocalizedText;

  constructor(reason: string, both?: LocalizedText) {
    super(reason);
    this.userMessage = both;
  }
}

/** What is wrong and what to do next, by kind of trouble; never AWS's own words, which hold ARNs and request ids. */
const ADVICE: Readonly<Record<SupportErrorKind, LocalizedText>> = {
  'no-plan': {
    en: 'This account has no AWS Support plan that lets cases be opened by API: it takes Business Support+, Enterprise or Unified Operations (or a legacy Business or Enterprise On-Ramp plan).',
    'zh-CN':
      '该账号没有可通过 API 开工单的 AWS 支持计划：需要 Business Support+、Enterprise 或 Unified Operations（或旧版 Business、Enterprise On-Ramp）。',
  },
  denied: {
    en: 'AWS does not let the bot do this in that account: an administrator should look at the permissions of its role.',
    'zh-CN': 'AWS 拒绝了机器人在该账号的操作，请管理员检查其角色权限。',
  },
  role: {
    en: 'The bot may not take on its role in that account: an administrator should check the role ARN, its trust policy and the external ID.',
    'zh-CN': '机器人无法使用该账号的角色，请管理员检查角色 ARN、信任策略和 External ID。',
  },
  throttled: {
    en: 'AWS Support takes only a few requests a second and is busy: try again in a minute. Nothing was changed.',
    'zh-CN': 'AWS 支持接口繁忙，请一分钟后再试，没有做任何更改。',
  },
  'not-found': {
    en: 'AWS does not know this case in that account.',
    'zh-CN': 'AWS 在该账号中没有这个工单。',
  },
  'too-many-cases': {
    en: 'This account has opened too many cases within an hour; AWS takes no more for now. Your draft is kept: submit it later.',
    'zh-CN': '该账号一小时内创建的工单过多，AWS 暂时不再接收。草稿已保留，请稍后再提交。',
  },
  invalid: {
    en: 'AWS did not accept what was entered. Check the service, category, severity and language; your draft is kept.',
    'zh-CN': 'AWS 不接受填写的内容，请检查服务、类别、严重级别和语言，草稿已保留。',
  },
  'file-too-large': {
    en: 'AWS does not take files as large as this: compress it, or share a link to it in your reply.',
    'zh-CN': '文件超过 AWS 的大小限制，请压缩后再发，或在回复中附上下载链接。',
  },
  'file-limit': {
    en: 'AWS takes no more files for now: try again in an hour.',
    'zh-CN': 'AWS 暂时不再接收附件，请一小时后再试。',
  },
  'file-expired': {
    en: 'The file is not there any more: share it again.',
    'zh-CN': '文件已失效，请重新发送。',
  },
  'file-refused': {
    en: 'AWS did not take the file: share it again, or in another format.',
    'zh-CN': 'AWS 未接受该文件，请重新发送或换一种格式。',
  },
  unreachable: {
    en: 'AWS Support does not answer right now. Try again in a few minutes.',
    'zh-CN': 'AWS 支持暂无响应，请几分钟后再试。',
  },
};

const UNKNOWN: LocalizedText = {
  en: 'Something went wrong on our side. Try again; if it happens again, an administrator finds the reason in the log of the case bot.',
  'zh-CN': '机器人内部出错，请重试；若仍然失败，请管理员查看工单机器人的日志。',
};

const PLATFORM: LocalizedText = {
  en: 'The chat platform does not let the bot do this: an administrator finds the reason in the log of the case bot.',
  'zh-CN': '聊天平台不允许机器人执行此操作，请管理员在工单机器人的日志中查看原因。',
};

/** Whatever was thrown, in words for the person who asked. */
export function messageFor(thrown: unknown): LocalizedText {
  if (thrown instanceof UserInputError) return thrown.userMessage;
  if (thrown instanceof DeliveryError) return PLATFORM;
  return thrown instanceof SupportError ? ADVICE[thrown.kind] : UNKNOWN;
}
