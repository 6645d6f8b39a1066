import { randomUUID } from 'node:crypto';
import { type AskModelDeps, createAskModel, type NoAnswerReason } from './ask-model';
import { createBedrockModel } from './bedrock';
import { isInLanguage, type OutputLanguage } from './language';
import { createModelRequest, hasPromptInjection, TASKS, type Task } from './prompts';
import { createTokenBudget, type TokenBudgetOptions } from './token-budget';
import { findViolation, type Source } from './verify';

export interface AssistantRequest {
  task: Task;
  source: Source;
  /** Added to the task: what may be chosen. */
  choices?: string;
  /** The part of an answer that has to be verified against the source; undefined where the answer has none. All of it if absent. */
  proseOf?(answer: string): string | undefined;
}

/** A language model that helps with words. Everything works without. */
export interface Assistant {
  /**
   * The answer; undefined where there is none that may be shown. Never rejects.
   * @param until ms since 1970: it takes no longer; 8 seconds from now if absent
   */
  ask(request: AssistantRequest, until?: number): Promise<string | undefined>;
  /** Why the model does not answer; undefined where it does. */
  probe(): Promise<NoAnswerReason | undefined>;
  /** Whether a text can be read without help by readers of this language. */
  isInLanguage(language: OutputLanguage, text: string): boolean;
}

/** The cost of one request, and why its answer was dropped; for logs and metrics. */
export interface AssistantReport {
  task: Task;
  tokens: number;
  ms: number;
  reason?: NoAnswerReason;
}

export interface AssistantDeps extends AskModelDeps {
  /** Tokens of one answer. */
  maxTokens: number;
  /** Replaces the task of summaries of events; empty for the built-in one. */
  prompt: string;
  onReport(report: AssistantReport): void;
}

const TIME_LIMIT_MS = 8_000;
/** Costs some twenty tokens. */
const PROBE = { system: 'Answer with the word you are given.', text: 'ready', maxTokens: 10 };

export function createAssistant({ maxTokens, prompt, onReport, ...deps }: AssistantDeps): Assistant {
  const askModel = createAskModel(deps);
  const drop = (task: Task): undefined => void onReport({ task, tokens: 0, ms: 0, reason: 'suspicious' });
  const timeLimit = (): number => deps.now() + TIME_LIMIT_MS;

  const instructionsFor = (task: Task, language: OutputLanguage): string => {
    const isReplaced = prompt.trim() !== '' && (task === 'event' || task === 'digest');
    return isReplaced ? prompt : TASKS[task][language];
  };

  return {
    async ask({ task, source, choices = '', proseOf = (answer) => answer }, until = timeLimit()) {
      const { text, language, isFromPerson } = source;
      if (hasPromptInjection(text, isFromPerson)) return drop(task);
      const instructions = instructionsFor(task, language);
      const whole = [instructions, choices].filter(Boolean).join('\n\n');
      const request = createModelRequest(text, { task: whole, language, maxTokens, nonce: randomUUID().slice(0, 8) });
      // A list of choices is no secret, and an answer may well repeat a part of it.
      const secret = choices ? instructions : request.system;
      const verify = (answer: string): NoAnswerReason | undefined => {
        const prose = proseOf(answer);
        return prose === undefined ? 'malformed' : findViolation(prose, source, secret);
      };
      const { tokens, ms, ...result } = await askModel(request, until, verify);
      onReport({ task, tokens, ms, ...('reason' in result && result) });
      return 'answer' in result ? result.answer : undefined;
    },
    async probe() {
      const outcome = await askModel(PROBE, timeLimit(), () => undefined);
      return 'reason' in outcome ? outcome.reason : undefined;
    },
    isInLanguage,
  };
}

/** What the stack's parameters say about its model. */
interface Settings {
  /** Of a foundation model or an inference profile, or the ARN of either. */
  id: string;
  region: string;
  maxTokens: number;
  /** 0 for no limit. */
  dailyTokens: number;
  budgetTable: string;
  prompt: string;
}

/** An assistant over Bedrock, and a token budget in DynamoDB that all functions of the stack share. */
export function createBedrockAssistant(
  { id, region, maxTokens, dailyTokens, budgetTable: table, prompt }: Settings,
  {
    client,
    timeZone,
    ...deps
  }: Omit<AssistantDeps, 'model' | 'budget' | 'maxTokens' | 'prompt'> & Pick<TokenBudgetOptions, 'client' | 'timeZone'>,
): Assistant {
  const budget = dailyTokens ? createTokenBudget({ client, table, dailyTokens, now: deps.now, timeZone }) : undefined;
  return createAssistant({ model: createBedrockModel({ id, region }), budget, maxTokens, prompt, ...deps });
}
