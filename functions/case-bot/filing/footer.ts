import { createHash } from 'node:crypto';
import type { ChatMessage } from '@casebell/im/bots';
import type { MessageContext } from '../domain/context';

/** How the platforms are called in a case, where AWS's engineers read it. */
const PLATFORMS: Readonly<Record<string, string>> = { dingtalk: 'DingTalk', feishu: 'Feishu/Lark', slack: 'Slack' };

/** Who asked, from where, and the reference by which it is found again. One line, in English, whatever a person is called. */
export function formatFooter({ sender, platform, conversation }: ChatMessage, reference: string): string {
  const who = (sender.name || sender.id).replace(/\s+/g, ' ').slice(0, 60);
  const where = `${PLATFORMS[platform] ?? platform} ${conversation.kind === 'direct' ? 'chat' : 'group'}`;
  return `-- ${who} (${where}, via Casebell) [${reference}]`;
}

/** The same for every delivery of a message, so that what it has done can be found again. */
export function messageMark(bot: string, message: string): string {
  return `M-${createHash('sha256').update(`${bot} ${message}`).digest('hex').slice(0, 12)}`;
}

/** The message with what its sender is called, so that AWS's engineers and colleagues read a name; a platform that will not tell keeps nobody from asking. */
export async function withSenderName(message: ChatMessage, { app, log }: MessageContext): Promise<ChatMessage> {
  const { sender } = message;
  const name = await app
    .getUserName?.(sender.id)
    .catch((error: Error) => log.warn('user.name_unavailable', { reason: error.message }));
  return name ? { ...message, sender: { ...sender, name } } : message;
}
