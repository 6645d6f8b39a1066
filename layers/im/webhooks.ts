export { cached } from './cached';
export type { Button, Card, Fact, Field, Form, Link, Mention, Severity } from './card';
export { SEVERITY_ICONS } from './card';
export { toPlainText } from './card-text';
export type {
  Channel,
  HttpResponse,
  Payload,
  RateLimit,
  Rejection,
  Runtime,
  Webhook,
  WebhookPlatform,
} from './channel';
export { DeliveryError } from './errors';
export { isHttpUrl } from './markdown';
export { type AskModel, createAskModel, type ModelOutcome, type OutputValidator } from './model/ask';
export { dueIn } from './model/due';
export { findViolation, type Original, type Violation } from './model/guard';
export { isInLanguage, type OutputLanguage } from './model/language';
export type { Model, ModelRequest, ModelResponse, TokenBudget } from './model/model';
export { modelRequestFor } from './model/question';
export type { NoAnswerReason } from './model/silence';
export { openChannel } from './open-channel';
export { parseCard } from './parse-card';
export { createRuntime } from './runtime';
export { largestFitting, truncate } from './text';
export { WEBHOOK_PLATFORMS } from './webhook-platforms';
