export type { Button, Card, Fact, Field, Form, Link, Mention, Severity } from './card';
export type { Answer, Channel, Payload, Platform, Refusal, Webhook, World } from './channel';
export { DeliveryError } from './delivery';
export { isWeb } from './markdown';
export { openChannel } from './open-channel';
export { PLATFORMS } from './platforms';
export { readCard } from './read-card';
export { cut } from './text';
export { world } from './world';
