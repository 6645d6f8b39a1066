import type { Assistant, AssistantReport } from '@casebell/ai';
import type { DynamoDBClient } from './dynamodb';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type { ModelSettings } from './settings';
import type { TimeZone } from './time';

interface Deps {
  dynamodb: DynamoDBClient;
  timeZone: TimeZone;
  /** Milliseconds since 1970. */
  now(): number;
  log: Log;
  metrics: Metrics;
}

/** The layer is loaded only where a model is enabled: its client costs a cold start 25 ms. */
export function loadAssistant(settings: ModelSettings, { dynamodb: client, log, metrics, ...deps }: Deps): Assistant {
  const { createBedrockAssistant }: typeof import('@casebell/ai') = require('@casebell/ai');
  const onExchange = (request: object, response: object) => log.info('model.exchange', { request, response });
  return createBedrockAssistant(settings, {
    ...deps,
    client,
    onReport: reportTo(log, metrics),
    ...(settings.isDebug && { onExchange }),
  });
}

/** Logs and counts each request to the model, without its content. */
export const reportTo =
  (log: Log, metrics: Metrics) =>
  ({ reason, ...cost }: AssistantReport): void => {
    metrics.count('ModelTokens', cost.tokens);
    metrics.durationMs('ModelLatency', cost.ms);
    log.info('model.called', cost);
    const isSummary = cost.task === 'event' || cost.task === 'digest';
    if (!reason) {
      if (isSummary) metrics.count('SummariesShown');
      else metrics.count('ModelAnswersUsed');
      return;
    }
    if (isSummary) metrics.count('SummariesDropped', 1, { reason });
    else metrics.count('ModelAnswersDropped', 1, { reason });
    log.info(isSummary ? 'summary.dropped' : 'model.answer_dropped', { task: cost.task, reason });
  };
