import { complete, field, isLoose, type Shape, textOf } from './shape';

export const CARD = { source: 'casebell', 'detail-type': 'Card' } as const;
export const CUSTOM = { source: 'custom', 'detail-type': 'Custom Notification' } as const;

const FIELDS = ['title', 'severity', 'text', 'facts', 'quote', 'links', 'buttons', 'form', 'mentions'];

/** Our own Card as JSON: a title, something to say, and nothing that a card does not have. */
export const card: Shape = {
  fits: (found) => {
    const keys = Object.keys(found);
    return typeof found.title === 'string' && keys.length > 1 && keys.every((key) => FIELDS.includes(key));
  },
  read: (found, hints) => ({ events: [complete({ ...CARD, detail: found }, hints)] }),
};

/**
 * AWS's published schema for custom notifications, as Amazon Q Developer in chat applications takes it:
 * `{ version: "1.0", source: "custom", id?, content: { textType, title, description, nextSteps, keywords }, metadata }`.
 */
export const custom: Shape = {
  fits: (found) => textOf(found, 'source') === 'custom' && isLoose(field(found, 'content')),
  read: (found, hints) => ({ events: [complete({ ...CUSTOM, id: textOf(found, 'id'), detail: found }, hints)] }),
};
