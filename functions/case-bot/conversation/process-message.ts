import { type ChatMessage, DeliveryError } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { BotContext, WorkerContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { QueuedMessage } from '../webhook/handle-callback';
import { auditGivenUp, handleMessage } from './handle-message';

/** How often the queue delivers a message before it is a dead letter: `maxReceiveCount` in the template. */
export const MAX_ATTEMPTS = 5;
/** After each attempt that failed only at the chat platform: a person is waiting. */
const CHAT_RETRY_DELAYS_SECONDS = [2, 10, 30, 60];
/** After any other error: longer than a new case takes to become visible. After a crash, the queue's timeout applies instead. */
const RETRY_DELAY_SECONDS = 90;
/** SQS could hide a message for twelve hours, but a person does not wait that long. */
const MAX_RETRY_DELAY_SECONDS = 600;

/** Handles one queued message. Returns false where the queue must deliver it again; throws what counts as an error of the function. */
export async function processMessage(
  body: string,
  attempt: number,
  { botContext, log }: Pick<WorkerContext, 'botContext' | 'log'>,
  postpone: (seconds: number) => Promise<void>,
): Promise<boolean> {
  const { bot, message } = JSON.parse(body) as QueuedMessage;
  const ctx = await botContext(bot);
  if (!ctx) {
    log.error('message.unknown_bot', { bot, id: message.id });
    return true;
  }
  try {
    await handleMessage(message, ctx);
    return true;
  } catch (error) {
    ctx.metrics.count('CommandsRetried');
    await notifyUser(error, message, attempt, ctx);
    if (attempt >= MAX_ATTEMPTS) await tryAudit(error, message, ctx);
    const seconds = retryDelay(error, attempt);
    log.warn('message.retry_scheduled', { bot, id: message.id, attempt, seconds, reason: String(error) });
    await postpone(seconds);
    if (error instanceof RetryLaterError || (error instanceof DeliveryError && error.throttled)) return false;
    throw error;
  }
}

/** In seconds: at least as long as the platform asks for. */
function retryDelay(error: unknown, attempt: number): number {
  if (error instanceof RetryLaterError && attempt === 1) return error.firstRetrySeconds ?? RETRY_DELAY_SECONDS;
  if (!(error instanceof DeliveryError)) return RETRY_DELAY_SECONDS;
  const seconds = Math.max(error.retryAfterSeconds ?? 0, CHAT_RETRY_DELAYS_SECONDS[attempt - 1] ?? 0);
  return Math.min(seconds, MAX_RETRY_DELAY_SECONDS);
}

/** Notifies the person twice: when it takes longer, and when it is given up. */
async function notifyUser(
  error: unknown,
  { conversation, id }: ChatMessage,
  attempt: number,
  { app, locale, log }: BotContext,
): Promise<void> {
  const isGivenUp = attempt >= MAX_ATTEMPTS;
  const delayed = attempt === 1 && error instanceof RetryLaterError ? error.userMessage : undefined;
  const text = isGivenUp ? GIVEN_UP : delayed;
  if (!text) return;
  const card = {
    title: locale.t(isGivenUp ? FAILED : ONE_MOMENT),
    severity: isGivenUp ? 'critical' : 'info',
    text: locale.t(text),
  } as const;
  await app
    .send(card, conversation, `${id}/${attempt}`)
    .catch((failure) => log.error('answer.send_failed', { reason: String(failure) }));
}

const tryAudit = (error: unknown, message: ChatMessage, ctx: BotContext): Promise<void> =>
  auditGivenUp(message, error, ctx).catch((failure) =>
    ctx.log.error('audit.write_failed', { id: message.id, reason: String(failure) }),
  );

const ONE_MOMENT: LocalizedText = { en: 'One moment', 'zh-CN': '请稍候' };
const FAILED: LocalizedText = { en: 'Request failed', 'zh-CN': '未能完成' };
const GIVEN_UP: LocalizedText = {
  en: 'I have tried several times. If you were opening a case, press Submit again in a few minutes: I check first whether the case exists, so no second one is created. An administrator finds the reason in the log of the case bot.',
  'zh-CN':
    '已多次尝试仍未成功。如果正在开工单，请几分钟后再按一次“提交”：会先查找是否已创建，不会重复提交。管理员可在工单机器人的日志中查看原因。',
};
