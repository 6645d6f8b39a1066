import type { ChatMessage } from '@casebell/im/bots';
import type { MessageContext } from '../domain/context';

/** The message with what its sender is called, so that AWS's engineers and colleagues read a name; a platform that will not tell keeps nobody from asking. */
export async function withSenderName(message: ChatMessage, { app, log }: MessageContext): Promise<ChatMessage> {
  const { sender } = message;
  const name = await app
    .getUserName?.(sender.id)
    .catch((error: Error) => log.warn('name.not-told', { reason: error.message }));
  return name ? { ...message, sender: { ...sender, name } } : message;
}
