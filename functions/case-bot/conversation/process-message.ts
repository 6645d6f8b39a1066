import { type ChatMessage, DeliveryError } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { Log } from '../../shared/log';
import type { BotContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { QueuedMessage } from '../webhook/handle-callback';
import { addGivenUpAuditEntry, handleMessage } from './handle-message';

/** As often is a message delivered before it goes to the dead letters: `maxReceiveCount` of the queue, in the template. */
export const MAX_ATTEMPTS = 5;
/** In seconds, after each try that only the chat platform has failed: a person is waiting. */
const PAUSES = [2, 10, 30, 60];
/** In seconds, after any other failure: longer than a new case takes to be seen. Only after a death it takes the queue's timeout. */
const PAUSE = 90;
/** In seconds: how long SQS hides a message at most is twelve hours; nobody waits that long for an answer. */
const LONGEST = 600;

export interface ProcessMessageDeps {
  /** Undefined when there is no such bot any more. */
  botContext(bot: string): Promise<BotContext | undefined>;
  log: Log;
}

/** Answers one message of the queue. False: it must come again, and nothing is wrong with us; what is wrong is thrown. */
export async function processMessage(
  body: string,
  tries: number,
  { botContext, log }: ProcessMessageDeps,
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
    await notifyUser(error, message, tries, ctx);
    if (tries >= MAX_ATTEMPTS) await auditGivenUp(error, message, ctx);
    const seconds = pauseAfter(error, tries);
    log.warn('message.retry_scheduled', { bot, id: message.id, tries, seconds, reason: String(error) });
    await postpone(seconds);
    if (error instanceof RetryLaterError || isThrottled(error)) return false;
    throw error;
  }
}

/** As long as the platform asks for, and longer each time. */
function pauseAfter(error: unknown, tries: number): number {
  if (!(error instanceof DeliveryError)) return PAUSE;
  const pause = PAUSES[tries - 1] ?? 0;
  return Math.min(Math.max(error.retryAfterSeconds ?? 0, pause), LONGEST);
}

const isThrottled = (error: unknown): boolean => error instanceof DeliveryError && error.throttled === true;

/** The person is not left waiting without a word: once when it takes longer, and once when it is given up. */
async function notifyUser(
  error: unknown,
  { conversation, id }: ChatMessage,
  tries: number,
  { app, locale, log }: BotContext,
): Promise<void> {
  const isOver = tries >= MAX_ATTEMPTS;
  const waiting = tries === 1 && error instanceof RetryLaterError ? error.userMessage : undefined;
  const words = isOver ? GIVEN_UP : waiting;
  if (!words) return;
  const card = {
    title: locale.t(isOver ? SORRY : PATIENCE),
    severity: isOver ? 'critical' : 'info',
    text: locale.t(words),
  } as const;
  await app
    .send(card, conversation, `${id}/${tries}`)
    .catch((failure) => log.error('answer.send_failed', { reason: String(failure) }));
}

/** What was given up may have been done in part: who asks later finds who asked for it. */
const auditGivenUp = (error: unknown, message: ChatMessage, ctx: BotContext): Promise<void> =>
  addGivenUpAuditEntry(message, error, ctx).catch((failure) =>
    ctx.log.error('audit.write_failed', { id: message.id, reason: String(failure) }),
  );

const PATIENCE: LocalizedText = { en: 'One moment', 'zh-CN': '请稍候' };
const SORRY: LocalizedText = { en: 'That did not work', 'zh-CN': '未能完成' };
const GIVEN_UP: LocalizedText = {
  en: 'I have tried several times. If you were opening a case, press Submit again in a few minutes: it is looked up first, so none is filed twice. An administrator finds the reason in the log of the case bot.',
  'zh-CN':
    '已多次尝试仍未成功。如果正在开工单，请几分钟后再按一次“提交”：会先查找是否已创建，不会重复提交。管理员可在工单机器人的日志中查看原因。',
};
