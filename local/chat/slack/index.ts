import type { BotChatPlatform } from '../platform';
import { createSlackTemplates } from './callback-templates';
import { respond } from './webhook-response';
import { view } from './webhook-view';
import { createWorkspace } from './workspace';

export const slack: BotChatPlatform = {
  name: { zh: 'Slack', en: 'Slack' },
  brandColor: '#611f69',
  webhook: { url: `https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'0'.repeat(8)}/${'X'.repeat(24)}` },
  caseConversation: 'thread',
  hasForms: true,
  callbackTimeoutMs: 3_000,
  secretParameters: { signingSecret: 'SlackSigningSecret', botToken: 'SlackBotToken' },
  ownsHost: (host) => host === 'hooks.slack.com',
  respond,
  view,
  createWorkspace,
  createCallbackTemplates: () => ({ slack: createSlackTemplates() }),
};
