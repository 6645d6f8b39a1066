import { createHash } from 'node:crypto';
import type { ChatMessage } from '@casebell/im/bots';
import type { MessageContext } from '../domain/context';

/** Names for AWS's engineers. */
const PLATFORMS: Readonly<Record<string, string>> = { dingtalk: 'DingTalk', feishu: 'Feishu/Lark', slack: 'Slack' };

/** Who wrote the text, where, and a reference that finds it again; one line in English. */
export function formatFooter({ sender, platform, conversation }: ChatMessage, reference: string): string {
  const name = (sender.name || sender.id).replace(/\s+/g, ' ').slice(0, 60);
  const place = `${PLATFORMS[platform] ?? platform} ${conversation.kind === 'direct' ? 'chat' : 'group'}`;
  return `-- ${name} (${place}, via Casebell) [${reference}]`;
}

/** The reference of a message's replies: the same at each attempt, so that a retry finds what was sent. */
export function messageMark(bot: string, message: string): string {
  return `M-${createHash('sha256').update(`${bot} ${message}`).digest('hex').slice(0, 12)}`;
}

/** Adds the sender's name, which some platforms do not send. Without it, the case shows the user id. */
export async function withSenderName(message: ChatMessage, { app, log }: MessageContext): Promise<ChatMessage> {
  const { sender } = message;
  const name = await app
    .getUserName?.(sender.id)
    .catch((error: Error) => log.warn('user.name_unavailable', { reason: error.message }));
  return name ? { ...message, sender: { ...sender, name } } : message;
}
