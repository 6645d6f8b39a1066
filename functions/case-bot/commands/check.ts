import type { Card } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { Command } from '../domain/command';
import type { CheckResult, MessageContext } from '../domain/context';
import { messageFor } from '../domain/errors';
import { checkModel } from './check-model';

/** Checks everything that the bot needs; each line is OK or says what to do. */
export const check: Command = {
  names: { en: 'check', 'zh-CN': '检查配置', also: ['检查'] },
  usage: { en: '', 'zh-CN': '' },
  about: { en: 'check everything that the bot needs', 'zh-CN': '逐项检查机器人的配置和权限' },
  adminOnly: true,
  async run(_argument, _message, ctx) {
    const results = await Promise.all([
      checkChat(ctx),
      checkAccounts(ctx),
      ctx.runHealthChecks(),
      checkModel(ctx.assistant),
    ]);
    return reportCard([CALLBACK, ...results.flat()], ctx);
  },
};

/** A message that is processed has passed the callback and its signature check. */
const CALLBACK: CheckResult = { what: { en: 'Callback and its signature', 'zh-CN': '回调地址与签名' } };

async function checkChat({ app }: MessageContext): Promise<CheckResult> {
  const what = { en: 'API of the chat platform', 'zh-CN': '调用聊天平台接口' };
  return app.healthCheck().then(
    () => ({ what }),
    (error: Error) => ({ what, problem: { en: error.message, 'zh-CN': error.message } }),
  );
}

function checkAccounts({ accounts }: MessageContext): Promise<CheckResult[]> {
  return Promise.all(
    accounts.all.map(async ({ id, name }): Promise<CheckResult> => {
      const what = { en: `AWS Support of account ${name}`, 'zh-CN': `账号 ${name} 的 AWS 支持` };
      return accounts
        .supportClient(id)
        .checkPermission()
        .then(
          () => ({ what }),
          (error) => ({ what, problem: messageFor(error) }),
        );
    }),
  );
}

function reportCard(results: readonly CheckResult[], { locale }: MessageContext): Card {
  const problems = results.filter(({ problem }) => problem).length;
  return {
    title: locale.t(problems ? problemsFound(problems) : ALL_PASSED),
    severity: problems ? 'critical' : 'resolved',
    facts: results.map(({ what, problem }) => ({
      label: `${problem ? '🔴' : '🟢'} ${locale.t(what)}`,
      value: locale.t(problem ?? OK),
    })),
  };
}

const ALL_PASSED: LocalizedText = { en: 'All checks passed', 'zh-CN': '一切正常' };
const problemsFound = (count: number): LocalizedText => ({
  en: `${count} ${count === 1 ? 'problem' : 'problems'} found`,
  'zh-CN': `有 ${count} 项需要处理`,
});
const OK: LocalizedText = { en: 'OK', 'zh-CN': '正常' };
