import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { against } from './against.fixture';
import type { Runtime } from './channel';
import type { BotPlatform, ChatApp, Conversation, Secrets } from './chat-app';
import { DeliveryError } from './errors';

interface Said {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

export interface SendTerms {
  /** The bot's, with its token where it has one of its own. */
  secrets: Secrets;
  /** Where the bot gets its token, where it has to, and what it is given there. */
  token?: { path: string; said: Said; value: string };
  /** One for each way to get there; with a url that answers, where that is one. */
  places: readonly Conversation[];
  accept: Said;
  /** What the platform says to wrong secrets: instead of the token, where one has to be got. */
  badSecrets: readonly Said[];
}

const CARD = { title: '工单已创建', severity: 'info' as const, text: 'Case 42' };
const SILENT: RequestListener = () => undefined;
const CUT: RequestListener = (request) => request.socket.destroy();

/** What sending must keep, against a server that stands in for the platform. */
export function chatAppSendContract(platform: BotPlatform, terms: SendTerms) {
  const { secrets, token, places, accept, badSecrets } = terms;
  const cases = places.map((place) => [place.replyUrl ? 'by answering' : `to a ${place.kind} chat`, place] as const);
  const run = (listener: RequestListener, act: (app: ChatApp) => Promise<unknown>, given = secrets) =>
    against(listener, (runtime: Runtime) => act(platform.open(given, runtime)));
  const failure = async (...given: Parameters<typeof run>) =>
    deliveryError(await run(...given).catch((error) => error));

  describe.each(cases)('that sends %s', (_, place) => {
    const send = (app: ChatApp) => app.send(CARD, place, 'once');

    it('is content when the platform is', async () => {
      await expect(run(granting(token, answering(accept)), send)).resolves.toBeUndefined();
    });

    it.each([
      ['HTTP 502', granting(token, answering({ status: 502, body: 'oh' }))],
      ['HTTP 503', granting(token, answering({ status: 503, body: 'oh' }))],
      ['HTTP 429', granting(token, answering({ status: 429, body: '' }))],
      ['silence', granting(token, SILENT)],
      ['a cut connection', granting(token, CUT)],
    ])('may try again after %s', async (_name, listener) => {
      expect(await failure(listener, send)).toMatchObject({ platform: platform.name, retryable: true });
    });

    it('never tells a url, a token or a secret in an error, even where the platform does', async () => {
      const hidden = hiddenIn(terms, place);
      const leaky = `refused: ${hidden.join(' ')}`;
      const bodies = [
        leaky,
        { ok: false, error: leaky },
        { code: leaky, message: leaky },
        { errcode: 5, errmsg: leaky },
      ];
      const listeners = bodies.map((body) => granting(token, answering({ status: 400, body })));
      for (const listener of [...listeners, granting(token, CUT), granting(token, SILENT)]) {
        const error = await failure(listener, send);
        const told = [error.message, error.stack, inspect(error), JSON.stringify(error)].join('\n');
        for (const secret of [...hidden, '127.0.0.1']) expect(told).not.toContain(secret);
      }
    });
  });

  it.each(badSecrets)('gives up where the platform does not know its secrets: %j', async (said) => {
    const [place] = places.filter(({ replyUrl }) => !replyUrl);
    if (!place) throw new Error('There is nowhere to send to.');
    const acts = [(app: ChatApp) => app.send(CARD, place), (app: ChatApp) => app.healthCheck()];
    for (const act of acts) expect(await failure(answering(said), act)).toMatchObject({ retryable: false });
  });

  it('says what to enter where there are no secrets at all, and calls nobody', async () => {
    const visits: unknown[] = [];
    const listener: RequestListener = (request) => void visits.push(request.url);
    const error = await failure(listener, (app) => app.healthCheck(), {});
    expect([error.retryable, visits]).toEqual([false, []]);
    expect(error.message).toMatch(/\b(enter|copy)\b/);
  });
}

function deliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  throw new Error(`Not a DeliveryError: ${inspect(error)}`);
}

/** What may be seen by nobody; ids may. */
function hiddenIn({ secrets, token }: SendTerms, { replyUrl }: Conversation): string[] {
  const entered = Object.entries(secrets).flatMap(([name, value]) => (/secret|token|key$/i.test(name) ? value : []));
  return [...entered, ...(token ? [token.value] : []), ...(replyUrl ? [replyUrl.url] : [])].filter(
    (text) => text.length > 20,
  );
}

function granting(token: SendTerms['token'], listener: RequestListener): RequestListener {
  if (!token) return listener;
  const grant = answering(token.said);
  return (request, response) => (request.url?.includes(token.path) ? grant : listener)(request, response);
}

function answering({ status = 200, headers = {}, body }: Said): RequestListener {
  return (_, response) =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}
