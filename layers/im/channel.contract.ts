import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { against } from './against.fixture';
import type { Channel, Webhook, WebhookPlatform } from './channel';
import { DeliveryError } from './errors';
import { openChannel } from './open-channel';

interface Said {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

interface Terms {
  /** With a token in the url that is recognisable, and a secret where the platform signs. */
  webhook: Webhook;
  /** What must not be found in any error. */
  secrets: string[];
  accept: Said[];
  refusals: (Said & { name: string; reason?: RegExp } & Facts)[];
}

type Facts = Pick<DeliveryError, 'retryable' | 'retryAfterSeconds' | 'throttled' | 'payloadRejected'>;

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
const hangUp: RequestListener = (request) => request.socket.destroy();
const CARD = { title: '实例已停止', severity: 'warning' as const };

/** What every platform's webhook must keep, over real connections. */
export function channelContract(platform: WebhookPlatform, terms: Terms) {
  describe(`a channel to ${platform.name}`, () => {
    itReadsVerdicts(terms);
    itWaits(terms);
    itSurvivesTheNetwork(terms);
    itKeepsSecrets(terms);
  });
}

function itReadsVerdicts({ webhook, accept, refusals }: Terms) {
  it.each(accept)('is content with %j', async (said) => {
    await expect(against(answering(said), (runtime) => tell(openChannel(webhook, runtime)))).resolves.toBeUndefined();
  });

  it.each(refusals)('does not take "$name" for a delivery', async ({ name, reason = /./, ...terms }) => {
    const { status, headers, body, ...facts } = terms;
    const error = await failure(webhook, answering({ status, headers, body }));
    expect(factsOf(error)).toEqual(facts);
    expect(error.message).toMatch(reason);
  });

  it.each([400, 413])('takes HTTP %i for a message that a plainer form may replace', async (status) => {
    const error = await failure(webhook, answering({ status, body: '' }));
    expect(factsOf(error)).toEqual({ retryable: false, payloadRejected: true });
  });

  it.each(GARBAGE)('does not take %s for a yes', async (body) => {
    expect(await failure(webhook, answering({ body }))).toMatchObject({ retryable: true });
  });
}

function itWaits({ webhook }: Terms) {
  it.each([500, 502, 503])('may try again after HTTP %i', async (status) => {
    const error = await failure(webhook, answering({ status, headers: { 'retry-after': '7' }, body: 'oh' }));
    expect(factsOf(error)).toEqual({ retryable: true, retryAfterSeconds: 7 });
  });

  it('waits as long as HTTP 429 asks for, also until a date', async () => {
    const headers = { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' };
    const error = await failure(webhook, answering({ status: 429, headers, body: '' }));
    expect(factsOf(error)).toEqual({ retryable: true, retryAfterSeconds: 30, throttled: true });
  });
}

function itSurvivesTheNetwork({ webhook }: Terms) {
  it('may try again after a timeout', async () => {
    expect(await failure(webhook, () => undefined)).toMatchObject({ retryable: true, code: 'ETIMEDOUT' });
  });

  it('may try again after a switch of protocols, and after an answer without end', async () => {
    const switching: RequestListener = (request) =>
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
    const endless: RequestListener = (_, response) => {
      const more = setInterval(() => response.write('x'.repeat(50_000)), 1);
      response.on('close', () => clearInterval(more));
    };
    for (const listener of [switching, endless])
      expect(await failure(webhook, listener)).toMatchObject({ retryable: true });
  });

  it('may try again after a lost connection', async () => {
    expect(await failure(webhook, hangUp)).toMatchObject({ retryable: true });
  });

  it('never follows a redirect with a message in its hands', async () => {
    const visits: string[] = [];
    const error = await failure(webhook, (request, response) => {
      visits.push(request.url ?? '');
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(error.retryable).toBe(false);
    expect(visits).toHaveLength(1);
  });
}

function itKeepsSecrets({ webhook, secrets }: Terms) {
  it('never tells the webhook in an error, even where the platform does', async () => {
    const leaky = `refused ${webhook.url} ${secrets.join(' ')} from ip: 203.0.113.9`;
    const bodies = [leaky, { errcode: 5, errmsg: leaky }, { code: 5, msg: leaky }, { error: { message: leaky } }];
    const answers = bodies.map((body) => answering({ status: 400, body }));
    for (const listener of [...answers, hangUp]) {
      const error = await failure(webhook, listener);
      const told = [error.message, error.stack, inspect(error), JSON.stringify(error)].join('\n');
      for (const secret of [...secrets, webhook.url, '203.0.113.9']) expect(told).not.toContain(secret);
    }
  });
}

async function tell(channel: Channel): Promise<void> {
  for (const message of channel.compose(CARD)) await channel.post(message);
}

function factsOf({ retryable, retryAfterSeconds, throttled, payloadRejected }: DeliveryError): Facts {
  return { retryable, retryAfterSeconds, throttled, payloadRejected };
}

async function failure(webhook: Webhook, listener: RequestListener): Promise<DeliveryError> {
  const error = await against(listener, (runtime) => tell(openChannel(webhook, runtime))).catch((error) => error);
  if (!(error instanceof DeliveryError)) throw new Error(`Not a DeliveryError: ${error}`);
  return error;
}

function answering({ status = 200, headers = {}, body }: Said): RequestListener {
  return (_, response) =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}
