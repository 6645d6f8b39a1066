import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { against, type FakeResponse, printError, responding } from './against.fixture';
import type { BotPlatform, ChatApp, Conversation, Secrets } from './chat-app';
import { DeliveryError } from './errors';

export interface SendTerms {
  /** The bot's, with its token where the secret contains one. */
  secrets: Secrets;
  /** Where the bot requests its token, and the response with it. */
  token?: { path: string; said: FakeResponse; value: string };
  /** One for each way to send; with a reply url where the platform has one. */
  places: readonly Conversation[];
  accept: FakeResponse;
  /** What the platform answers to wrong secrets; to the request for a token, where there is one. */
  badSecrets: readonly FakeResponse[];
}

const CARD = { title: '工单已创建', severity: 'info' as const, text: 'Case 42' };
const SILENT: RequestListener = () => undefined;
const CUT: RequestListener = (request) => request.socket.destroy();

/** What sending guarantees, against a server in place of the platform. */
export function chatAppSendContract(platform: BotPlatform, terms: SendTerms) {
  const { secrets, token, places, accept } = terms;
  const cases = places.map((place) => [place.replyUrl ? 'at a reply url' : `to a ${place.kind} chat`, place] as const);
  const run = (listener: RequestListener, act: (app: ChatApp) => Promise<unknown>, given = secrets) =>
    against(listener, (runtime) => act(platform.open(given, runtime)));
  const failure = async (...given: Parameters<typeof run>): Promise<DeliveryError> => {
    const error = await run(...given).catch((error) => error);
    if (error instanceof DeliveryError) return error;
    throw new Error(`Not a DeliveryError: ${inspect(error)}`);
  };
  testSecrets(terms, failure);

  describe.each(cases)('that sends %s', (_, place) => {
    const send = (app: ChatApp) => app.send(CARD, place, 'key');

    it('resolves when the platform accepts the message', async () => {
      await expect(run(withToken(token, responding(accept)), send)).resolves.toBeUndefined();
    });

    it.each([
      ['HTTP 503', responding({ status: 503, body: 'oh' })],
      ['HTTP 429', responding({ status: 429, body: '' })],
      ['silence', SILENT],
      ['a cut connection', CUT],
    ])('is retryable after %s', async (_name, listener) => {
      const error = await failure(withToken(token, listener), send);
      expect(error).toMatchObject({ platform: platform.name, retryable: true });
    });

    it('keeps urls, tokens and secrets out of errors, even where the platform repeats them', async () => {
      const hidden = hiddenIn(terms, place);
      const leaky = `refused: ${hidden.join(' ')}`;
      const codes = [
        { code: leaky, message: leaky },
        { errcode: 5, errmsg: leaky },
      ];
      const bodies = [leaky, { ok: false, error: leaky }, ...codes];
      const listeners = bodies.map((body) => responding({ status: 400, body }));
      for (const listener of [...listeners, CUT, SILENT]) {
        const printed = printError(await failure(withToken(token, listener), send));
        for (const secret of [...hidden, '127.0.0.1']) expect(printed).not.toContain(secret);
      }
    });
  });
}

type Failure = (
  listener: RequestListener,
  act: (app: ChatApp) => Promise<unknown>,
  secrets?: Secrets,
) => Promise<DeliveryError>;

function testSecrets({ places, badSecrets }: SendTerms, failure: Failure) {
  it.each(badSecrets)('is not retryable where the platform rejects its secrets: %j', async (response) => {
    const [place] = places.filter(({ replyUrl }) => !replyUrl);
    if (!place) throw new Error('No place without a reply url.');
    const acts = [(app: ChatApp) => app.send(CARD, place), (app: ChatApp) => app.healthCheck()];
    for (const act of acts) expect(await failure(responding(response), act)).toMatchObject({ retryable: false });
  });

  it('says what to enter where there are no secrets, and makes no call', async () => {
    const calls: unknown[] = [];
    const error = await failure(
      (request) => void calls.push(request.url),
      (app) => app.healthCheck(),
      {},
    );
    expect([error.retryable, calls]).toEqual([false, []]);
    expect(error.message).toMatch(/\b(enter|copy)\b/);
  });
}

/** What no error may contain; ids are allowed. */
function hiddenIn({ secrets, token }: SendTerms, { replyUrl }: Conversation): string[] {
  const entered = Object.entries(secrets).flatMap(([name, value]) => (/secret|token|key$/i.test(name) ? value : []));
  const texts = [...entered, ...(token ? [token.value] : []), ...(replyUrl ? [replyUrl.url] : [])];
  return texts.filter((text) => text.length > 20);
}

function withToken(token: SendTerms['token'], listener: RequestListener): RequestListener {
  if (!token) return listener;
  const grant = responding(token.said);
  return (request, response) => (request.url?.includes(token.path) ? grant : listener)(request, response);
}
