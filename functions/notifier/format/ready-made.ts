import { type Card, parseCard } from '@casebell/im/webhooks';
import type { Formatter, Locale, LocalizedText } from '../../../plugins/formatter';
import { CARD, CUSTOM } from '../ingest/envelopes';
import { asObject, fieldText, isObject, type JsonObject } from '../ingest/json';

/**
 * A card that its sender has made: shown unchanged, except that it cannot mention everyone. An InputTransformer inserts values into JSON
 * without escaping them, so the writer of a value could.
 */
export const readyMade: Formatter = {
  name: 'ready-made',
  pattern: { source: [CARD.source] },
  format: (event) => {
    const { mentions, ...card } = parseCard(event.detail);
    return mentions ? { ...card, mentions: mentions.filter((mention) => !('everyone' in mention)) } : card;
  },
};

const STEPS: LocalizedText = { en: 'Next steps', 'zh-CN': '后续步骤' };
const SUMMARY: LocalizedText = { en: 'Summary', 'zh-CN': '摘要' };
const KEYWORDS: LocalizedText = { en: 'Keywords', 'zh-CN': '关键词' };

/** AWS's custom notification schema, over a topic or as the detail of an event on the bus. */
export const customNotification: Formatter = {
  name: 'custom-notification',
  pattern: {
    $or: [
      { source: [CUSTOM.source], 'detail-type': [CUSTOM['detail-type']] },
      { detail: { source: ['custom'], content: { description: [{ exists: true }] } } },
    ],
  },
  format: ({ detail }, locale) => (isObject(detail) ? cardOf(detail, locale) : undefined),
};

function cardOf(detail: JsonObject, locale: Locale): Card {
  const content = asObject(detail.content);
  const metadata = asObject(detail.metadata);
  const isMarkdown = content.textType === 'client-markdown';
  const description = isMarkdown ? toOurMarkdown(fieldText(content, 'description')) : fieldText(content, 'description');
  return {
    title: fieldText(content, 'title') || fieldText(metadata, 'summary') || firstLine(description),
    severity: 'info',
    text: [...(isMarkdown ? [description] : []), ...stepsOf(content, locale)].join('\n\n') || undefined,
    quote: isMarkdown ? undefined : description,
    facts: factsOf(content, metadata, locale),
  };
}

/** A client's markdown is Slack's in nearly all that is sent this way: `*bold*` and `<url|label>`. */
const toOurMarkdown = (text: string): string =>
  text
    .replace(/<(https?:\/\/[^|>\s]+)\|([^>\n]+)>/g, '[$2]($1)')
    .replace(/(^|[\s(])\*([^*\s][^*\n]*)\*(?=[\s).,;:!?，。！？]|$)/gm, '$1**$2**');

function stepsOf(content: JsonObject, locale: Locale): string[] {
  const steps = listOf(content.nextSteps);
  return steps.length ? [`**${locale.t(STEPS)}**\n${steps.map((step) => `- ${step}`).join('\n')}`] : [];
}

function factsOf(content: JsonObject, metadata: JsonObject, locale: Locale): { label: string; value: string }[] {
  const context = asObject(metadata.additionalContext);
  const facts = [
    { label: locale.t(SUMMARY), value: fieldText(metadata, 'summary') },
    { label: locale.t('category'), value: fieldText(metadata, 'eventType') },
    { label: locale.t('resources'), value: listOf(metadata.relatedResources).join('\n') },
    { label: locale.t(KEYWORDS), value: listOf(content.keywords).join(', ') },
    ...Object.keys(context).map((label) => ({ label, value: fieldText(context, label) })),
  ];
  return facts.filter(({ value }) => value);
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const firstLine = (text: string): string => text.split('\n', 1)[0] || 'Notification';
