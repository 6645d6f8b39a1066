import { Misunderstanding } from './misunderstanding';
import type { Both } from './say';
import { SupportTrouble, type TroubleKind } from './support-desk';

/** What is wrong and what to do next, by kind of trouble; never AWS's own words, which hold ARNs and request ids. */
const ADVICE: Readonly<Record<TroubleKind, Both>> = {
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
  unreachable: {
    en: 'AWS Support does not answer right now. Try again in a few minutes.',
    'zh-CN': 'AWS 支持暂无响应，请几分钟后再试。',
  },
};

const UNKNOWN: Both = {
  en: 'Something went wrong on our side. Try again; if it happens again, an administrator finds the reason in the log of the case bot.',
  'zh-CN': '机器人内部出错，请重试；若仍然失败，请管理员查看工单机器人的日志。',
};

/** Whatever was thrown, in words for the person who asked. */
export function adviceOn(thrown: unknown): Both {
  if (thrown instanceof Misunderstanding) return thrown.both;
  return thrown instanceof SupportTrouble ? ADVICE[thrown.kind] : UNKNOWN;
}
