import type { Card } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { Command } from '../domain/command';
import type { CheckResult, MessageContext } from '../domain/context';
import { messageFor } from '../domain/errors';
import { checkModel } from './check-model';

/** Tries out everything that the bot stands on; each line is well, or says what to do. */
export const check: Command = {
  names: { en: 'check', 'zh-CN': '检查配置', also: ['检查'] },
  usage: { en: '', 'zh-CN': '' },
  about: { en: 'try out everything that the bot needs', 'zh-CN': '逐项检查机器人的配置和权限' },
  adminOnly: true,
  async run(_argument, _message, ctx) {
    const looked = await Promise.all([
      botFinding(ctx),
      accountFindings(ctx),
      ctx.runHealthChecks(),
      checkModel(ctx.assistant),
    ]);
    return report([REACHED, ...looked.flat()], ctx);
  },
};

/** That this message is here shows that the callback works and its secrets are right. */
const REACHED: CheckResult = { what: { en: 'Callback and its signature', 'zh-CN': '回调地址与签名' } };

async function botFinding({ app }: MessageContext): Promise<CheckResult> {
  const what = { en: 'Speaking to the chat platform', 'zh-CN': '调用聊天平台接口' };
  return app.healthCheck().then(
    () => ({ what }),
    (error: Error) => ({ what, problem: { en: error.message, 'zh-CN': error.message } }),
  );
}

function accountFindings({ accounts }: MessageContext): Promise<CheckResult[]> {
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

function report(findings: readonly CheckResult[], { locale }: MessageContext): Card {
  const wrong = findings.filter(({ problem }) => problem).length;
  return {
    title: locale.t(wrong ? someWrong(wrong) : ALL_WELL),
    severity: wrong ? 'critical' : 'resolved',
    facts: findings.map(({ what, problem }) => ({
      label: `${problem ? '🔴' : '🟢'} ${locale.t(what)}`,
      value: locale.t(problem ?? WELL),
    })),
  };
}

const ALL_WELL: LocalizedText = { en: 'Everything is well', 'zh-CN': '一切正常' };
const someWrong = (count: number): LocalizedText => ({
  en: count === 1 ? 'One thing to mend' : `${count} things to mend`,
  'zh-CN': `有 ${count} 项需要处理`,
});
const WELL: LocalizedText = { en: 'fine', 'zh-CN': '正常' };
