import type { Assistant, NoAnswerReason } from '@casebell/ai';
import type { LocalizedText } from '../../shared/locale';
import type { CheckResult } from '../domain/context';

const WHAT: LocalizedText = { en: 'The model', 'zh-CN': '模型' };

/** What `check` reports about the model; nothing where none is enabled. */
export async function checkModel(assistant: Assistant | undefined): Promise<CheckResult[]> {
  if (!assistant) return [];
  const reason = await assistant.probe();
  return [{ what: WHAT, problem: reason && (ADVICE[reason] ?? otherFailure(reason)) }];
}

const ADVICE: Partial<Readonly<Record<NoAnswerReason, LocalizedText>>> = {
  denied: {
    en: 'Access is denied: open the model once in the Bedrock console of its Region, or check whether a policy of the organization forbids it.',
    'zh-CN': '没有调用权限：请在对应区域的 Bedrock 控制台开通该模型，或检查组织策略是否禁止。',
  },
  'unknown-model': {
    en: 'That Region has no such model, or only an inference profile reaches it (us., eu., apac., global. before its id): check LlmModelId and LlmRegion.',
    'zh-CN':
      '该区域没有这个模型，或只能通过推理配置文件调用（ID 前加 us.、eu.、apac. 或 global.）：请检查 LlmModelId 和 LlmRegion。',
  },
  throttled: {
    en: 'It is called too often right now: try again in a minute, or raise its quota.',
    'zh-CN': '当前调用过于频繁：请一分钟后再试，或申请提高配额。',
  },
  timeout: {
    en: 'It has not answered within 8 seconds: choose a faster model, or a Region nearby.',
    'zh-CN': '8 秒内没有回答：请换用更快的模型或更近的区域。',
  },
  budget: {
    en: 'The tokens of today are used up (LlmDailyTokens); it is available again tomorrow.',
    'zh-CN': '今天的 Token 已用完（LlmDailyTokens），明天恢复。',
  },
};

const otherFailure = (reason: NoAnswerReason): LocalizedText => ({
  en: `It does not answer (${reason}); everything else works.`,
  'zh-CN': `没有正常回答（${reason}）：其他功能不受影响。`,
});
