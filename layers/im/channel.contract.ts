import type { RequestListener } from 'node:http';
import { against, type FakeResponse, printError, responding } from './against.fixture';
import type { RateLimit, Webhook, WebhookPlatform } from './channel';
import { DeliveryError } from './errors';
import { openChannel } from './open-channel';
import { createRuntime } from './runtime';
import { platformOf, WEBHOOK_PLATFORMS } from './webhook-platforms';

type Facts = Pick<DeliveryError, 'retryable' | 'retryAfterSeconds' | 'throttled' | 'payloadRejected'>;

interface ChannelTerms {
  /** With a recognisable token in the url, and a secret where the platform signs. */
  webhook: Webhook;
  /** What no error may contain. */
  secrets: string[];
  /** Further urls of webhooks, on other hosts or paths. */
  urls?: string[];
  rateLimits: RateLimit[];
  monthlyQuota?: number;
  accept: FakeResponse[];
  refusals: (FakeResponse & { name: string; reason?: RegExp } & Facts)[];
}

const GARBAGE = [
  '{"errcode":[],"code":[]}',
  '{"errcode":false,"code":" "}',
  '<html>blocked</html>',
  'null',
  '[]',
  '{}',
  '"what"',
  '{"ok":',
  'true',
];

/** What every platform's webhook guarantees, over real connections. */
export function channelContract(platform: WebhookPlatform, terms: ChannelTerms) {
  describe(`a channel to ${platform.name}`, () => {
    testUrls(platform, terms);
    testResponses(terms);
    testFailures(terms);
  });
}

function testUrls(platform: WebhookPlatform, { webhook, urls = [], rateLimits, monthlyQuota }: ChannelTerms) {
  it.each([webhook.url, ...urls])('owns %s alone, over https only, and may call it', (href) => {
    const url = new URL(href);
    expect(platformOf(href)).toBe(platform);
    expect(WEBHOOK_PLATFORMS.filter((each) => each.ownsUrl(url))).toEqual([platform]);
    expect(createRuntime().resolveEndpoint(url)).toBe(url.href);
    expect(platform.ownsUrl(new URL(href.replace('https:', 'http:')))).toBe(false);
  });

  it('has the rate limits of the platform', () => {
    const channel = openChannel(webhook, createRuntime());
    expect(channel).toMatchObject({ platform: platform.name, rateLimits, monthlyQuota });
  });
}

function testResponses({ webhook, accept, refusals }: ChannelTerms) {
  it.each(accept)('accepts %j', async (response) => {
    await expect(post(webhook, responding(response))).resolves.toBeUndefined();
  });

  it.each(refusals)('rejects "$name"', async ({ name, reason = /./, status, headers, body, ...facts }) => {
    const error = await failure(webhook, responding({ status, headers, body }));
    expect(factsOf(error)).toEqual(facts);
    expect(error.message).toMatch(reason);
  });

  it.each([400, 413])('rejects the payload on HTTP %i', async (status) => {
    const error = await failure(webhook, responding({ status, body: '' }));
    expect(factsOf(error)).toEqual({ retryable: false, payloadRejected: true });
  });

  it.each(GARBAGE)('does not take %s for success', async (body) => {
    expect(await failure(webhook, responding({ body }))).toMatchObject({ retryable: true });
  });
}

function testFailures({ webhook, secrets }: ChannelTerms) {
  it.each([500, 502, 503])('is retryable after HTTP %i', async (status) => {
    const error = await failure(webhook, responding({ status, headers: { 'retry-after': '7' }, body: 'oh' }));
    expect(factsOf(error)).toEqual({ retryable: true, retryAfterSeconds: 7 });
  });

  it('waits as long as HTTP 429 asks, also until a date', async () => {
    const headers = { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' };
    const error = await failure(webhook, responding({ status: 429, headers, body: '' }));
    expect(factsOf(error)).toEqual({ retryable: true, retryAfterSeconds: 30, throttled: true });
  });

  it('is retryable without an answer, and not after a redirect', async () => {
    expect(await failure(webhook, hangUp)).toMatchObject({ retryable: true, code: 'ECONNRESET' });
    const redirect = responding({ status: 307, headers: { location: '/elsewhere' }, body: '' });
    expect(await failure(webhook, redirect)).toMatchObject({ retryable: false });
  });

  it('keeps the webhook out of errors, even where the platform repeats it', async () => {
    const leaky = `refused ${webhook.url} ${secrets.join(' ')} from ip: 203.0.113.9`;
    const bodies = [leaky, { errcode: 5, errmsg: leaky }, { code: 5, msg: leaky }, { error: { message: leaky } }];
    for (const listener of [...bodies.map((body) => responding({ status: 400, body })), hangUp]) {
      const printed = printError(await failure(webhook, listener));
      for (const secret of [...secrets, webhook.url, '203.0.113.9']) expect(printed).not.toContain(secret);
    }
  });
}

async function post(webhook: Webhook, listener: RequestListener): Promise<void> {
  await against(listener, async (runtime) => {
    const channel = openChannel(webhook, runtime);
    for (const message of channel.compose({ title: '实例已停止', severity: 'warning' })) await channel.post(message);
  });
}

async function failure(webhook: Webhook, listener: RequestListener): Promise<DeliveryError> {
  const error = await post(webhook, listener).catch((error) => error);
  if (error instanceof DeliveryError) return error;
  throw new Error(`Not a DeliveryError: ${error}`);
}

const hangUp: RequestListener = (request) => request.socket.destroy();

function factsOf({ retryable, retryAfterSeconds, throttled, payloadRejected }: DeliveryError): Facts {
  return { retryable, retryAfterSeconds, throttled, payloadRejected };
}
