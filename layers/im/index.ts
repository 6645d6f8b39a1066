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
export { type Ask, type Judge, type Outcome, openAsking } from './model/ask';
export { dueIn } from './model/due';
export { type Objection, type Original, objectionTo } from './model/guard';
export { isIn, type Tongue } from './model/language';
export type { Ledger, Model, Question, Said } from './model/model';
export { questionAbout } from './model/question';
export type { Silence } from './model/silence';
export { openChannel } from './open-channel';
export { wordsOf } from './plain';
export { PLATFORMS } from './platforms';
export { readCard } from './read-card';
export { MARKS } from './severity';
export { cut } from './text';
export { world } from './world';
