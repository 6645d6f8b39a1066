import type { OutputLanguage } from '@casebell/im/bots';
import type { SupportOption, SupportService } from '../domain/support-client';
import { listed } from './shortlist';

/**
 * What is asked for, and why so: one line each, because a small model keeps to lines where it spoils JSON; the five things that an engineer
 * of AWS asks back for otherwise (Support User Guide, "Creating a support case"), and `-` rather than a guess, because what is missing is
 * better asked for than invented; service and category as codes of a list, because only these can be filed.
 */
export const TASKS: Readonly<Record<OutputLanguage, string>> = {
  'zh-CN': `根据资料起草一个 AWS 支持工单。逐行输出以下各项，每行以英文名称和冒号开头，不要输出其他内容：
subject: 一句话的题目
service: 从服务列表中选一个代码
category: 从该服务的类别中选一个代码
severity: 从级别列表中选一个；只有资料明确说生产系统中断时才可高于 normal
type: technical；只有账户或账单问题才写 customer-service
time: 何时发生，含时区
resources: 涉及的资源 ID
region: 区域
symptoms: 现象和报错
impact: 业务影响
资料没有提到的项写 -。`,
  en: `Draft an AWS Support case from the material. Answer with these lines and nothing else, each beginning with its name and a colon:
subject: one line
service: one code of the list of services
category: one code of the categories of that service
severity: one of the list of severities; above normal only where the material says that production is down
type: technical; customer-service only for questions about accounts and bills
time: when it began, with its time zone
resources: ids of what is concerned
region: the Region
symptoms: what is seen, and errors
impact: what it means for the business
Write - where the material does not say.`,
};

const SERVICES: Readonly<Record<OutputLanguage, string>> = { 'zh-CN': '服务列表', en: 'Services' };
const SEVERITIES: Readonly<Record<OutputLanguage, string>> = { 'zh-CN': '级别列表', en: 'Severities' };

/** The task with all that may be chosen. */
export function taskWith(
  services: readonly SupportService[],
  severities: readonly SupportOption[],
  language: OutputLanguage,
): string {
  const levels = severities.map(({ code }) => code).join(', ');
  return [
    TASKS[language],
    `${SEVERITIES[language]}: ${levels}`,
    `${SERVICES[language]}:\n${services.map(listed).join('\n')}`,
  ].join('\n\n');
}
