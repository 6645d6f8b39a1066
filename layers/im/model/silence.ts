import type { Violation } from './guard';

/** Why a model has nothing to show: a word for logs and metrics. */
export type NoAnswerReason =
  | 'timeout'
  | 'throttled'
  | 'denied'
  | 'unknown-model'
  | 'failed'
  | 'refused'
  | 'cut-off'
  | 'malformed'
  | 'budget'
  | 'resting'
  | 'suspicious'
  | Violation;

/** Names of Converse's errors (Bedrock API Reference) and of what the SDK makes of an aborted or a broken answer. */
const ERRORS: Readonly<Record<string, NoAnswerReason>> = {
  AbortError: 'timeout',
  TimeoutError: 'timeout',
  ModelTimeoutException: 'timeout',
  ThrottlingException: 'throttled',
  ServiceQuotaExceededException: 'throttled',
  AccessDeniedException: 'denied',
  ResourceNotFoundException: 'unknown-model',
  // Both for a model that is not there, and for one that only a profile reaches.
  ValidationException: 'unknown-model',
  SyntaxError: 'malformed',
};

/** Where nothing was said by the model, or not by it. A stop reason that AWS adds later is `malformed`. */
const STOPS: Readonly<Record<string, NoAnswerReason | 'said'>> = {
  end_turn: 'said',
  stop_sequence: 'said',
  max_tokens: 'cut-off',
  content_filtered: 'refused',
  guardrail_intervened: 'refused',
};

export const silenceOf = (thrown: unknown): NoAnswerReason => ERRORS[nameOf(thrown)] ?? 'failed';

/** Undefined where the model has said what it wanted to. */
export function silenceIn(stop: string): NoAnswerReason | undefined {
  const meant = STOPS[stop] ?? 'malformed';
  return meant === 'said' ? undefined : meant;
}

const nameOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : '');
