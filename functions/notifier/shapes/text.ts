import { complete, type Hints, type Loose, type Reading } from './shape';

/** What came over SNS or SQS without an event's envelope: text, or JSON that is nobody's event. */
export const MESSAGE = { source: 'aws.sns', 'detail-type': 'SNS Notification' } as const;

export function message(content: string | Loose, hints: Hints): Reading {
  const detail = hints.subject === undefined ? { message: content } : { subject: hints.subject, message: content };
  return { events: [complete({ ...MESSAGE, resources: hints.topic ? [hints.topic] : [], detail }, hints)] };
}

/**
 * A quoted text is what an EventBridge InputTransformer with a string template publishes: it holds `\n` for line breaks, and
 * is not valid JSON when a value it was given holds a quote (EventBridge User Guide, "Input transformation").
 */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\"/g, '"');
}
