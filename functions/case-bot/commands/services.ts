import { COMMAND_NAMES, type Command } from '../domain/command';
import { UserInputError } from '../domain/errors';
import { sanitize } from '../domain/text';
import { describeService, search } from '../drafts/catalog';
import { loadSupportOptions } from '../drafts/support-options';

const MAX_SERVICES = 5;

/** Finds services by name, abbreviation or Chinese name, best matches first. */
export const services: Command = {
  names: COMMAND_NAMES.services,
  usage: { en: 'NAME', 'zh-CN': '服务名' },
  about: { en: 'find service and category codes', 'zh-CN': '查 serviceCode 和 categoryCode，例如 EC2、负载均衡' },
  async run({ text }, _message, ctx) {
    const { locale, accounts } = ctx;
    if (!text) throw new UserInputError(WHICH);
    const options = await loadSupportOptions(accounts.supportClient(accounts.all[0]?.id ?? ''), ctx);
    const found = search(options.services, text);
    if (found.length === 0) throw new UserInputError(noService(text));
    const more = found.length > MAX_SERVICES ? locale.t(others(found.length - MAX_SERVICES)) : '';
    return {
      title: locale.t({ en: `Services like "${text}"`, 'zh-CN': `与“${text}”匹配的服务` }),
      severity: 'info',
      text: [
        ...found.slice(0, MAX_SERVICES).map((service) => describeService(service, found.length)),
        ...(more ? [more] : []),
      ].join('\n\n'),
    };
  },
};

const WHICH = {
  en: 'Enter the name of a service, e.g. `services EC2`.',
  'zh-CN': '请写明服务名，例如“查找服务 EC2”。',
};
const noService = (name: string) => ({
  en: `No service found for "${sanitize(name)}". Try its English name or abbreviation, such as EC2, S3, RDS.`,
  'zh-CN': `没有找到与“${sanitize(name)}”匹配的服务，请试试英文名或缩写，例如 EC2、S3、RDS。`,
});
const others = (count: number) => ({
  en: `… and ${count} more: be more precise.`,
  'zh-CN': `……还有 ${count} 个，请写得更具体。`,
});
