export { APP_PLATFORMS } from './app-platforms';
export type { Button, Card, Fact, Field, Form, Link, Mention, Severity } from './card';
export type { Answer, Channel, Payload, Platform, RateLimit, Refusal, Webhook, World } from './channel';
export type {
  AppPlatform,
  Callback,
  CallbackReply,
  CallbackRequest,
  ChatApp,
  ChatMessage,
  Conversation,
  FileContent,
  OpenedPlace,
  Person,
  Place,
  Secrets,
  SharedFile,
} from './chat-app';
export { ForgedRequest } from './chat-app';
export { liveIn, timeOf } from './clock';
export { DeliveryError } from './delivery';
export { most } from './fit';
export { lasting } from './lasting';
export { isWeb } from './markdown';
export { openChannel } from './open-channel';
export { wordsOf } from './plain';
export { PLATFORMS } from './platforms';
export { readCard } from './read-card';
export { MARKS } from './severity';
export { cut } from './text';
export { world } from './world';
