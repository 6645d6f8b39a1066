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
export { openChannel } from './open-channel';
export { parseCard } from './parse-card';
export { createRuntime } from './runtime';
export { largestFitting, truncate } from './text';
export { WEBHOOK_PLATFORMS } from './webhook-platforms';
