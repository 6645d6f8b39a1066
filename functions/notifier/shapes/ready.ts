import { complete, field, isLoose, type Shape, textOf } from './shape';

export const CARD = { source: 'casebell', 'detail-type': 'Card' } as const;
export const CUSTOM = { source: 'custom', 'detail-type': 'Custom Notification' } as const;

/** Our own Card as JSON: a title, and at least one other thing that only a card has. */
export const card: Shape = {
  name: 'card',
  fits: (found) =>
    typeof found.title === 'string' && ['severity', 'facts', 'quote', 'text', 'links'].some((key) => key in found),
  read: (found, hints) => ({ events: [complete({ ...CARD, detail: found }, hints)] }),
};

/**
 * AWS's published schema for custom notifications, as Amazon Q Developer in chat applications takes it:
 * `{ version: "1.0", source: "custom", id?, content: { textType, title, description, nextSteps, keywords }, metadata }`.
 */
export const custom: Shape = {
  name: 'custom notification',
  fits: (found) => textOf(found, 'source') === 'custom' && isLoose(field(found, 'content')),
  read: (found, hints) => ({ events: [complete({ ...CUSTOM, id: textOf(found, 'id'), detail: found }, hints)] }),
};
