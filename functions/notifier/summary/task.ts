import type { LocalizedText } from '../../../plugins/formatter';

/**
 * What is asked for, and why so: three questions, because that is what somebody on call wants to know; whom it hits by account, Region
 * and resource, because "customers" are nobody; dates as they stand, because the deadline is what a summary must not lose; no advice that
 * the material does not give, because an invented one would be followed.
 */
export const TASKS = {
  event: {
    'zh-CN':
      '把一条 AWS 通知概括给值班的人：用两到三句话说明发生了什么、影响到哪个账号、区域和资源、需要在什么时间之前做什么。有开始时间或截止时间的，照原样写出日期和时间。资料没有要求做什么，就不要提建议。',
    en: 'Sum up a notification of AWS for whoever is on call, in two or three sentences: what happened, which account, Region and resources it affects, and what has to be done by when. Where there is a start or a deadline, give its date and time as they are written. Give no advice that the material does not give.',
  },
  digest: {
    'zh-CN':
      '下面是同一段时间内的多条 AWS 通知的汇总。用两到三句话概括给值班的人：总共多少条、最严重的是什么、影响到哪些账号和区域。资料没有要求做什么，就不要提建议。',
    en: 'The material stands for many notifications of AWS within a short time. Sum them up for whoever is on call, in two or three sentences: how many there are, what the most severe is, and which accounts and Regions they affect. Give no advice that the material does not give.',
  },
} as const satisfies Record<string, LocalizedText>;

/** What stands before the words of a model, so that nobody takes them for AWS's. */
export const LABEL: LocalizedText = { en: 'AI summary', 'zh-CN': 'AI 摘要' };
