export type { Model, ModelRequest, ModelResponse, NoAnswerReason, TokenBudget } from './ask-model';
export {
  type Assistant,
  type AssistantDeps,
  type AssistantReport,
  type AssistantRequest,
  createAssistant,
  createBedrockAssistant,
} from './assistant';
export { createBedrockModel } from './bedrock';
export type { OutputLanguage } from './language';
export { createTokenBudget } from './token-budget';
export { findViolation, type Source, type Violation } from './verify';
