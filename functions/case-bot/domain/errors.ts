import { DeliveryError } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { SupportError, type SupportErrorKind } from './support-client';

/** The input of a person cannot be used. The message says why and what to do next. */
export class UserInputError extends Error {
  override readonly name = 'UserInputError';
  readonly userMessage: LocalizedText;

  constructor(userMessage: LocalizedText) {
    super(userMessage.en);
    this.userMessage = userMessage;
  }
}

/** The same message may succeed in a minute: the queue delivers it again. */
export class RetryLaterError extends Error {
  override readonly name = 'RetryLaterError';
  /** Sent to the person after the first attempt. */
  readonly userMessage?: LocalizedText;
  /** The delay of the first retry, where the default is too long. */
  readonly firstRetrySeconds?: number;

  constructor(reason: string, userMessage?: LocalizedText, firstRetrySeconds?: number) {
    super(reason);
    this.userMessage = userMessage;
    this.firstRetrySeconds = firstRetrySeconds;
  }
}

/** The chat platform will reject the message however often it is sent. */
export const isPermanentRejection = (error: unknown): error is DeliveryError =>
  error instanceof DeliveryError && !error.retryable;

/** A retry would fail in the same way. */
export function isPermanent(error: unknown): error is Error {
  if (error instanceof SupportError) return !error.isOutcomeUnknown && error.kind !== 'throttled';
  return error instanceof UserInputError || isPermanentRejection(error);
}

/** After a case was created, an error of AWS or of the chat means that the remaining steps follow later. Throws. */
export function retryRemainingSteps(error: unknown, userMessage: LocalizedText): never {
  const isRemote = error instanceof SupportError || error instanceof DeliveryError;
  throw isRemote ? new RetryLaterError(`The case was created, but: ${error.message}`, userMessage) : error;
}

/** What is wrong and what to do next. AWS's own messages are not shown: they contain ARNs and request ids. */
const SUPPORT_MESSAGES: Readonly<Record<SupportErrorKind, LocalizedText>> = {
  'no-plan': {
    en: 'This account has no AWS Support plan that includes the Support API: it needs Business Support+, Enterprise or Unified Operations (or a legacy Business or Enterprise On-Ramp plan).',
    'zh-CN':
      '该账号没有可通过 API 开工单的 AWS 支持计划：需要 Business Support+、Enterprise 或 Unified Operations（或旧版 Business、Enterprise On-Ramp）。',
  },
  denied: {
    en: 'AWS denied this in that account: an administrator should check the permissions of the bot’s role.',
    'zh-CN': 'AWS 拒绝了机器人在该账号的操作，请管理员检查其角色权限。',
  },
  role: {
    en: 'The bot cannot assume its role in that account: an administrator should check the role ARN, its trust policy and the external ID.',
    'zh-CN': '机器人无法使用该账号的角色，请管理员检查角色 ARN、信任策略和 External ID。',
  },
  throttled: {
    en: 'AWS Support accepts only a few requests per second and is busy: try again in a minute. Nothing was changed.',
    'zh-CN': 'AWS 支持接口繁忙，请一分钟后再试，没有做任何更改。',
  },
  'not-found': {
    en: 'AWS has no such case in that account.',
    'zh-CN': 'AWS 在该账号中没有这个工单。',
  },
  'too-many-cases': {
    en: 'This account has created too many cases within an hour, and AWS accepts no more for now. Your draft is kept: submit it later.',
    'zh-CN': '该账号一小时内创建的工单过多，AWS 暂时不再接收。草稿已保留，请稍后再提交。',
  },
  invalid: {
    en: 'AWS did not accept what was entered. Check the service, category, severity and language; your draft is kept.',
    'zh-CN': 'AWS 不接受填写的内容，请检查服务、类别、严重级别和语言，草稿已保留。',
  },
  'file-too-large': {
    en: 'The file is too large for AWS: compress it, or share a link to it in your reply.',
    'zh-CN': '文件超过 AWS 的大小限制，请压缩后再发，或在回复中附上下载链接。',
  },
  'file-limit': {
    en: 'AWS accepts no more files for now: try again in an hour.',
    'zh-CN': 'AWS 暂时不再接收附件，请一小时后再试。',
  },
  'file-expired': {
    en: 'The file has expired: share it again.',
    'zh-CN': '文件已失效，请重新发送。',
  },
  'file-refused': {
    en: 'AWS did not accept the file: share it again, or in another format.',
    'zh-CN': 'AWS 未接受该文件，请重新发送或换一种格式。',
  },
  unreachable: {
    en: 'AWS Support does not respond right now: try again in a few minutes.',
    'zh-CN': 'AWS 支持暂无响应，请几分钟后再试。',
  },
};

const UNKNOWN_MESSAGE: LocalizedText = {
  en: 'The bot failed. Try again; if it fails again, an administrator finds the reason in the log of the case bot.',
  'zh-CN': '机器人内部出错，请重试；若仍然失败，请管理员查看工单机器人的日志。',
};

const CHAT_MESSAGE: LocalizedText = {
  en: 'The chat platform does not allow the bot to do this: an administrator finds the reason in the log of the case bot.',
  'zh-CN': '聊天平台不允许机器人执行此操作，请管理员在工单机器人的日志中查看原因。',
};

/** What to show to the person whose message caused the error. */
export function messageFor(error: unknown): LocalizedText {
  if (error instanceof UserInputError) return error.userMessage;
  if (error instanceof DeliveryError) return CHAT_MESSAGE;
  return error instanceof SupportError ? SUPPORT_MESSAGES[error.kind] : UNKNOWN_MESSAGE;
}
