export type { Button, Card, Fact, Field, Form, Link, Mention, Severity } from './card';
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
export { DeliveryError } from './delivery';
export { largestFitting } from './fit';
export { cached } from './lasting';
export { isHttpUrl } from './markdown';
export { openChannel } from './open-channel';
export { parseCard } from './parse-card';
export { toPlainText } from './plain';
export { createRuntime } from './runtime';
export { SEVERITY_ICONS } from './severity';
export { truncate } from './text';
export { WEBHOOK_PLATFORMS } from './webhook-platforms';
