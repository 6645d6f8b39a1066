export { openBedrock, type Place } from './bedrock';
export { openLedger } from './ledger';
