import { below, type Mutation, type Mutations } from './mutation.fixture';
import type { Sample } from './sample.fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEEDS = ['appKey', 'appSecret', 'corpId', 'appId', 'verificationToken', 'encryptKey', 'signingSecret'];

/** How long after its time a callback is believed; undefined for a handshake, which has no time. In ms. */
function windowOf({ from, kindName, vouched }: Sample): number | undefined {
  if (vouched !== 'nothing') return 5 * MINUTE;
  return from.endsWith('feishu') && kindName === 'handshake' ? undefined : 8 * HOUR;
}

const later = (
  fate: 'never' | 'same',
  offset: (window: number, random: () => number) => number,
  times = 1,
): Mutation => ({
  fate: () => fate,
  times,
  spoil(sample, random) {
    const window = windowOf(sample);
    return window === undefined ? undefined : { now: sample.at + offset(window, random) };
  },
});

/** Everybody's clock may be five minutes slow. */
const EARLY = 5 * MINUTE;

/** For the one at that place among those that the bot has. */
const secret = (change: (value: string) => string): Mutation => ({
  fate: () => 'never',
  times: 1,
  spoil: ({ secrets }) => ({
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => [name, NEEDS.includes(name) ? change(value) : value]),
    ),
  }),
});

/** Around a callback in which nothing was changed. */
export const GATE_MUTATIONS: Mutations = {
  'at the end of its time': later('same', (window) => window),
  'a moment after it': later('never', (window) => window + 1),
  'replayed much later': later('never', (window, random) => window + 1 + below(400 * 24 * HOUR, random), 2),
  'just not too early': later('same', () => -EARLY),
  'a moment too early': later('never', () => -EARLY - 1),
  'much too early': later('never', (_, random) => -EARLY - 1 - below(24 * HOUR, random), 1),
  'by GET': { fate: () => 'never', times: 1, spoil: ({ request }) => ({ request: { ...request, method: 'GET' } }) },
  'by PUT': { fate: () => 'never', times: 1, spoil: ({ request }) => ({ request: { ...request, method: 'PUT' } }) },
  'to another bot': { fate: () => 'never', times: 1, spoil: ({ platform }) => ({ bot: `${platform}/other` }) },
  'to a bot that every object has': { fate: () => 'never', times: 1, spoil: () => ({ bot: '__proto__' }) },
  'to a bot with other secrets': secret((value) => `${value}x`),
  'to a bot with empty secrets': secret(() => ''),
  'to a bot without secrets': { fate: () => 'never', times: 1, spoil: () => ({ secrets: {} }) },
};
