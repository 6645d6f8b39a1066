/** What a language model is asked. */
export interface ModelRequest {
  system: string;
  text: string;
  /** Of the answer. */
  maxTokens: number;
}

export interface ModelResponse {
  text: string;
  /** Why it ended: `stopReason` of Bedrock's Converse. */
  stop: string;
  /** Of question and answer together. */
  tokens: number;
}

/** A language model: one question, one answer. Rejects with the errors of the SDK, whose `name` says what was wrong. */
export interface Model {
  ask(question: ModelRequest, signal: AbortSignal): Promise<ModelResponse>;
}

/** What a day's tokens are kept in, shared by all who ask. */
export interface TokenBudget {
  /** False: that many are not left today. */
  reserve(tokens: number, signal: AbortSignal): Promise<boolean>;
  /** Corrects what was reserved by this much. */
  adjust(tokens: number, signal: AbortSignal): Promise<void>;
}
