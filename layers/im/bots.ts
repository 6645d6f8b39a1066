export { BOT_PLATFORMS, createBotRuntime } from './bot-platforms';
export type {
  BotPlatform,
  Callback,
  CallbackReply,
  CallbackRequest,
  ChatApp,
  ChatMessage,
  Conversation,
  CreatedThread,
  FileContent,
  Secrets,
  SharedFile,
  ThreadRequest,
  User,
} from './chat-app';
export { ForgedRequestError } from './chat-app';
export * from './webhooks';
