import { type Card, parseCard } from '@casebell/im/webhooks';
import type { Formatter, Locale, LocalizedText } from '../../plugins/formatter';
import { CARD, CUSTOM } from './shapes/ready';
import { isLoose, type Loose, loose, textOf } from './shapes/shape';

/**
 * A card that its sender has made: shown as it is, except that it cannot call everyone. An InputTransformer puts values into
 * JSON without escaping them, so whoever writes a value could.
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

/** AWS's custom notification schema, whether it came over a topic or as the detail of an event on the bus. */
export const customNotification: Formatter = {
  name: 'custom-notification',
  pattern: {
    $or: [
      { source: [CUSTOM.source], 'detail-type': [CUSTOM['detail-type']] },
      { detail: { source: ['custom'], content: { description: [{ exists: true }] } } },
    ],
  },
  format: ({ detail }, locale) => (isLoose(detail) ? cardOf(detail, locale) : undefined),
};

function cardOf(detail: Loose, locale: Locale): Card {
  const content = loose(detail.content);
  const metadata = loose(detail.metadata);
  const isMarkdown = content.textType === 'client-markdown';
  const description = isMarkdown ? ourMarkdown(textOf(content, 'description')) : textOf(content, 'description');
  return {
    title: textOf(content, 'title') || textOf(metadata, 'summary') || firstLine(description),
    severity: 'info',
    text: [...(isMarkdown ? [description] : []), ...stepsOf(content, locale)].join('\n\n') || undefined,
    quote: isMarkdown ? undefined : description,
    facts: factsOf(content, metadata, locale),
  };
}

/** A client's markdown is Slack's in nearly all that is sent this way: `*bold*` and `<url|label>`. */
const ourMarkdown = (text: string): string =>
  text
    .replace(/<(https?:\/\/[^|>\s]+)\|([^>\n]+)>/g, '[$2]($1)')
    .replace(/(^|[\s(])\*([^*\s][^*\n]*)\*(?=[\s).,;:!?，。！？]|$)/gm, '$1**$2**');

function stepsOf(content: Loose, locale: Locale): string[] {
  const steps = listOf(content.nextSteps);
  return steps.length ? [`**${locale.t(STEPS)}**\n${steps.map((step) => `- ${step}`).join('\n')}`] : [];
}

function factsOf(content: Loose, metadata: Loose, locale: Locale): { label: string; value: string }[] {
  const context = loose(metadata.additionalContext);
  const facts = [
    { label: locale.t(SUMMARY), value: textOf(metadata, 'summary') },
    { label: locale.t('category'), value: textOf(metadata, 'eventType') },
    { label: locale.t('resources'), value: listOf(metadata.relatedResources).join('\n') },
    { label: locale.t(KEYWORDS), value: listOf(content.keywords).join(', ') },
    ...Object.keys(context).map((label) => ({ label, value: textOf(context, label) })),
  ];
  return facts.filter(({ value }) => value);
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const firstLine = (text: string): string => text.split('\n', 1)[0] || 'Notification';
