export type { Button, Card, Fact, Field, Form, Link, Mention, Severity } from './card';
export { SEVERITIES } from './card';
export type { Answer, Channel, Payload, Platform, Refusal, Webhook, World } from './channel';
export { DeliveryError } from './delivery';
export { openChannel } from './open-channel';
export { PLATFORMS, platformOf } from './platforms';
export { readCard } from './read-card';
export { byteLength, cut, split } from './text';
export { world } from './world';
