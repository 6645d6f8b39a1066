export { createBedrockModel, type Place } from './bedrock';
export { createTokenBudget } from './ledger';
