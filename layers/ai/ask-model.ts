import type { Violation } from './verify';

/** What a language model is asked. */
export interface ModelRequest {
  system: string;
  text: string;
  /** Of the answer. */
  maxTokens: number;
}

export interface ModelResponse {
  text: string;
  /** Bedrock's `stopReason` (Converse, API Reference). */
  stopReason: string;
  /** Of request and answer. */
  tokens: number;
}

/** A language model: one request, one answer. Rejects with the errors of the SDK, whose `name` says what was wrong. */
export interface Model {
  ask(request: ModelRequest, signal: AbortSignal): Promise<ModelResponse>;
}

/** The tokens of a day, shared by all functions of a stack. */
export interface TokenBudget {
  /** False where the day has fewer left. */
  reserve(tokens: number, signal: AbortSignal): Promise<boolean>;
  /** Adds to what was used; a negative number gives tokens back. */
  adjust(tokens: number, signal: AbortSignal): Promise<void>;
}

/** Why there is no answer: a word for logs and metrics. */
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
  | 'busy'
  | 'circuit-open'
  | 'suspicious'
  | Violation;

export type ModelOutcome = ({ answer: string } | { reason: NoAnswerReason }) & { ms: number; tokens: number };
type Result = { answer: string } | { reason: NoAnswerReason };

/**
 * Asks a model, and never rejects.
 * @param until ms since 1970: the caller waits no longer
 * @param verify why an answer may not be used; undefined where it may
 */
export type AskModel = (
  request: ModelRequest,
  until: number,
  verify: (answer: string) => NoAnswerReason | undefined,
) => Promise<ModelOutcome>;

export interface AskModelDeps {
  model: Model;
  /** Absent: no daily limit. */
  budget?: TokenBudget;
  /** Milliseconds since 1970. */
  now(): number;
  /** For debugging: receives content, which is never logged otherwise. */
  onExchange?(request: ModelRequest, response: ModelResponse): void;
}

/** More requests at once are a storm of events, which is delivered in digests, and costs money. */
const MAX_CONCURRENT = 3;
/** Failures in a row that open the circuit, and for how long it stays open. */
const MAX_FAILURES = 3;
const CIRCUIT_OPEN_MS = 60_000;
/** Failures of the service. What the model writes is no reason to stop asking. */
const FAILURES: ReadonlySet<NoAnswerReason> = new Set(['timeout', 'throttled', 'denied', 'unknown-model', 'failed']);

/** Names of Converse's errors (Bedrock API Reference), and of what the SDK throws for an aborted request or a broken answer. */
const ERRORS: Readonly<Record<string, NoAnswerReason>> = {
  AbortError: 'timeout',
  TimeoutError: 'timeout',
  ModelTimeoutException: 'timeout',
  ThrottlingException: 'throttled',
  ServiceQuotaExceededException: 'throttled',
  AccessDeniedException: 'denied',
  ResourceNotFoundException: 'unknown-model',
  // For a model that does not exist, and for one that only an inference profile reaches.
  ValidationException: 'unknown-model',
  SyntaxError: 'malformed',
  BudgetExceededError: 'budget',
};

/** Undefined where the model has finished. A stop reason that AWS adds later is `malformed`. */
const STOP_REASONS: Readonly<Record<string, NoAnswerReason | undefined>> = {
  end_turn: undefined,
  stop_sequence: undefined,
  max_tokens: 'cut-off',
  content_filtered: 'refused',
  guardrail_intervened: 'refused',
};

class BudgetExceededError extends Error {
  override name = 'BudgetExceededError';
}

/**
 * A model that is safe to wait for: within a time limit, within the day's tokens, not while it fails again and again, and only answers that
 * pass the check come out.
 */
export function createAskModel({ model, budget, now, onExchange }: AskModelDeps): AskModel {
  let [running, failures, closedFrom] = [0, 0, 0];

  const recordResult = (reason: NoAnswerReason | undefined): void => {
    failures = reason && FAILURES.has(reason) ? failures + 1 : 0;
    if (failures >= MAX_FAILURES) closedFrom = now() + CIRCUIT_OPEN_MS;
  };

  const cannotStart = (until: number): NoAnswerReason | undefined => {
    if (now() < closedFrom) return 'circuit-open';
    if (until <= now()) return 'timeout';
    return running >= MAX_CONCURRENT ? 'busy' : undefined;
  };

  return async (request, until, verify) => {
    const startedAt = now();
    let tokens = 0;
    const outcome = (result: Result): ModelOutcome => ({ ...result, ms: now() - startedAt, tokens });
    const obstacle = cannotStart(until);
    if (obstacle) return outcome({ reason: obstacle });
    running += 1;
    const result = await withTimeout(until - startedAt, async (signal) => {
      const response = await askWithinBudget(request, { model, budget }, signal);
      tokens = response.tokens;
      onExchange?.(request, response);
      return toResult(response);
    }).finally(() => {
      running -= 1;
    });
    recordResult('reason' in result ? result.reason : undefined);
    const reason = 'answer' in result ? verify(result.answer) : undefined;
    return outcome(reason ? { reason } : result);
  };
}

function toResult({ text, stopReason }: ModelResponse): Result {
  const reason = stopReason in STOP_REASONS ? STOP_REASONS[stopReason] : 'malformed';
  return reason ? { reason } : { answer: text.trim() };
}

/** Reserves before it asks, so that concurrent requests do not spend more than there is, and corrects the reservation afterwards. */
async function askWithinBudget(
  request: ModelRequest,
  { model, budget }: Pick<AskModelDeps, 'model' | 'budget'>,
  signal: AbortSignal,
): Promise<ModelResponse> {
  const estimate = maxTokensOf(request);
  if (budget && !(await budget.reserve(estimate, signal))) throw new BudgetExceededError();
  const response = await model.ask(request, signal).catch(async (error: unknown) => {
    // A rejected request costs nothing; one that timed out may have been answered.
    if (reasonOf(error) !== 'timeout') await budget?.adjust(-estimate, signal).catch(() => undefined);
    throw error;
  });
  await budget?.adjust(response.tokens - estimate, signal).catch(() => undefined);
  return response;
}

/** An upper bound: the densest text takes one token for two bytes. */
const maxTokensOf = ({ system, text, maxTokens }: ModelRequest): number =>
  Math.ceil(Buffer.byteLength(system + text) / 2) + maxTokens;

const reasonOf = (thrown: unknown): NoAnswerReason => ERRORS[thrown instanceof Error ? thrown.name : ''] ?? 'failed';

/** The result of work that ends in time. Work that ignores its signal is abandoned. */
async function withTimeout(ms: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  const timeout = new Promise<Result>((resolve) =>
    controller.signal.addEventListener('abort', () => resolve({ reason: 'timeout' }), { once: true }),
  );
  const result = work(controller.signal).catch((error: unknown): Result => ({ reason: reasonOf(error) }));
  return Promise.race([result, timeout]).finally(() => clearTimeout(timer));
}
