/** What a language model is asked. */
export interface Question {
  system: string;
  text: string;
  /** Of the answer. */
  maxTokens: number;
}

export interface Said {
  text: string;
  /** Why it ended: `stopReason` of Bedrock's Converse. */
  stop: string;
  /** Of question and answer together. */
  tokens: number;
}

/** A language model: one question, one answer. Rejects with the errors of the SDK, whose `name` says what was wrong. */
export interface Model {
  ask(question: Question, signal: AbortSignal): Promise<Said>;
}

/** What a day's tokens are kept in, shared by all who ask. */
export interface Ledger {
  /** False: that many are not left today. */
  reserve(tokens: number, signal: AbortSignal): Promise<boolean>;
  /** Corrects what was reserved by this much. */
  correct(tokens: number, signal: AbortSignal): Promise<void>;
}
