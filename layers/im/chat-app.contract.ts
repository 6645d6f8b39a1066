import { createBotRuntime } from './bot-platforms';
import type { BotPlatform, CallbackReply, CallbackRequest, ChatMessage } from './chat-app';
import { type Callback, type ChatApp, ForgedRequestError, type Secrets } from './chat-app';
import { chatAppSendContract, type SendTerms } from './chat-app-send.contract';

export interface Terms extends SendTerms {
  /** Of the bot, if not only the platform's. */
  name?: string;
  /** When the callbacks were made, in ms since 1970. */
  now: number;
  /** How long they are believed, in ms. */
  window: number;
  /** Those of the secrets by which a callback proves itself. */
  proofs: readonly string[];
  /** As callbacks of people are answered. */
  reply: CallbackReply;
  text: { request: CallbackRequest; again: CallbackRequest };
  press: { request: CallbackRequest; reply?: CallbackReply; says: Partial<ChatMessage> };
  form: { request: CallbackRequest; reply?: CallbackReply; says: Partial<ChatMessage> };
  /** What the bot has said itself. */
  own: CallbackRequest;
  /** Where the platform tries the url out. */
  handshake?: { request: CallbackRequest; reply: CallbackReply };
  /** The text, by somebody else than the platform. */
  forged: Readonly<Record<string, CallbackRequest>>;
}

/** What every two-way bot must keep, with real signatures and over real connections. */
export function chatAppContract(platform: BotPlatform, terms: Terms) {
  describe(`a bot on ${terms.name ?? platform.name}`, () => {
    itHears(platform, terms);
    itRefuses(platform, terms);
    chatAppSendContract(platform, terms);
  });
}

const open = (platform: BotPlatform, secrets: Secrets, now: number): ChatApp =>
  platform.open(secrets, { ...createBotRuntime(), now: () => now });

function itHears(platform: BotPlatform, { secrets, now, reply, text, press, form, own, handshake }: Terms) {
  const hear = (request: CallbackRequest): Callback => open(platform, secrets, now).receive(request);

  it('hears what a person says, and answers in the shape of the platform', () => {
    const message = expect.objectContaining({
      platform: platform.name,
      isForBot: true,
      text: expect.stringMatching(/./),
    });
    expect(hear(text.request)).toEqual({ kind: 'message', reply, message });
  });

  it('takes a press for its command, and a form for its command with what was filled in', () => {
    for (const { request, says, reply: own = reply } of [press, form])
      expect(hear(request)).toMatchObject({ kind: 'message', reply: own, message: { ...says, isForBot: true } });
  });

  it('gives two deliveries of one message the same id, and two messages two', () => {
    const [first, second, other] = [text.request, text.again, press.request].map((request) => idIn(hear(request)));
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('never answers itself', () => {
    expect(hear(own)).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(/./) });
  });

  if (handshake)
    it('answers when the platform tries its url out', () => {
      expect(hear(handshake.request)).toEqual({ kind: 'handshake', reply: handshake.reply });
    });
}

function itRefuses(platform: BotPlatform, { secrets, now, window, proofs, text, forged }: Terms) {
  const { requiredSecrets } = platform;
  const isLetIn = (request: CallbackRequest, given: Secrets = secrets, at = now): boolean => {
    try {
      return open(platform, given, at).receive(request).kind === 'message';
    } catch (error) {
      if (error instanceof ForgedRequestError) return false;
      throw error;
    }
  };

  it.each(Object.entries(forged))('refuses %s', (_, request) => {
    expect([isLetIn(text.request), isLetIn(request)]).toEqual([true, false]);
  });

  it('refuses what is stale, or ahead of its time', () => {
    expect([window, -300_000].map((ms) => isLetIn(text.request, secrets, now + ms))).toEqual([true, true]);
    expect([window + 1, -300_001].map((ms) => isLetIn(text.request, secrets, now + ms))).toEqual([false, false]);
  });

  it.each([...proofs])('lets nobody in with another %s', (name) => {
    expect(isLetIn(text.request, { ...secrets, [name]: `${secrets[name]}x` })).toBe(false);
  });

  it.each([...requiredSecrets.filter((name) => proofs.includes(name))])('lets nobody in without %s', (name) => {
    const { [name]: _, ...others } = secrets;
    for (const given of [others, { ...others, [name]: '' }]) expect(isLetIn(text.request, given)).toBe(false);
  });
}

const idIn = (callback: Callback): string => (callback.kind === 'message' ? callback.message.id : callback.kind);
