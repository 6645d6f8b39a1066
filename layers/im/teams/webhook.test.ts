import { channelContract } from '../channel.contract';
import { teamsWebhook } from './webhook';

const SIG = 'aB3dE5gH7jK9mN1pQ3sT5vX7-_';
const FLOW = '0123456789abcdef0123456789abcdef';
const TOO_LARGE = 'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413';

const THROTTLED = { retryable: true, throttled: true as const };
const REJECTED = { retryable: false, payloadRejected: true as const };
const FINAL = { retryable: false };
const error = (code: string, message?: string) => ({ error: { code, message } });

channelContract(teamsWebhook, {
  webhook: {
    url: `https://prod-1.westeurope.logic.azure.com:443/workflows/${FLOW}/triggers/manual/paths/invoke?api-version=2016-06-01&sig=${SIG}`,
  },
  secrets: [SIG, FLOW],
  urls: [
    'https://default0.1.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123abcd/triggers?sig=x',
  ],
  rateLimits: [{ messages: 4, seconds: 1 }],
  accept: [{ status: 202, body: '' }, { body: '' }, { body: '1' }],
  refusals: [
    { name: 'a sentence on HTTP 200', body: TOO_LARGE, ...REJECTED, reason: /28 KB/ },
    { name: 'throttled on HTTP 200', body: TOO_LARGE.replace('413', '429'), ...THROTTLED },
    { name: 'another sentence', body: 'Summary or Text is required.', retryable: true },
    { name: 'an error on HTTP 202', status: 202, body: error('Stopped', 'off'), ...FINAL, reason: /Stopped: off/ },
    { name: 'too large', status: 413, body: '', ...REJECTED, reason: /28 KB/ },
    { name: 'unreadable', status: 400, body: '', ...REJECTED, reason: /check that it begins/ },
    { name: 'signature', status: 401, body: error('AuthorizationRequired'), ...FINAL, reason: /copy the url/ },
    { name: 'removed', status: 404, body: error('WorkflowNotFound'), ...FINAL, reason: /create one/ },
    { name: 'throttled', status: 429, body: '', ...THROTTLED },
  ],
});
