import type { ChatMessage } from '@casebell/im/bots';
import type { AuditEntry } from '../domain/case-store';
import { RetryLaterError } from '../domain/errors';
import { refusal } from '../memory-chat.fixture';
import { createTestContext, REQUEST, type TestContext } from '../test-context.fixture';
import { processMessage } from './process-message';

let t: TestContext;
let failures: Error[];
let pauses: number[];
beforeEach(() => {
  [t, failures, pauses] = [createTestContext(), [], []];
  t.chat.beforeSend = () => {
    const failure = failures.shift();
    if (failure) throw failure;
  };
});

const deliver = (tries: number, more: Partial<ChatMessage> = {}): Promise<boolean> => {
  const message = t.message('help', { id: 'm-busy', ...more });
  const body = JSON.stringify({ bot: t.ctx.bot.name, message });
  return processMessage(body, tries, t.worker, async (seconds) => void pauses.push(seconds));
};

it('a throttled answer is retried after the time that the platform asks for', async () => {
  failures = [refusal({ retryable: true, throttled: true, retryAfterSeconds: 7 })];
  expect(await deliver(1)).toBe(false);
  expect([pauses, t.metrics.counts]).toEqual([[7], { CommandsSucceeded: 1, CommandsRetried: 1 }]);
  t.clock.now += 7_000;
  expect(await deliver(2)).toBe(true);
  expect(t.chat.posts).toHaveLength(1);
});
it('a failure of the platform is retried after longer and longer pauses, and thrown', async () => {
  const broken = refusal({ reason: 'HTTP 503', retryable: true });
  for (const tries of [1, 2, 3, 4]) {
    failures = [broken];
    await expect(deliver(tries)).rejects.toBe(broken);
  }
  expect(pauses).toEqual([2, 10, 30, 60]);
});
it('any other failure is retried after 90 seconds, and thrown', async () => {
  failures = [new Error('out of memory')];
  await expect(deliver(1)).rejects.toThrow('out of memory');
  expect(pauses).toEqual([90]);
});
it('a first retry comes as soon as the failed step asks for, later ones after 90 seconds', async () => {
  for (const attempt of [1, 2]) {
    failures = [new RetryLaterError('The lease is held.', undefined, 2)];
    expect(await deliver(attempt)).toBe(false);
  }
  expect(pauses).toEqual([2, 90]);
});
it('a message whose outcome is unknown is announced once as being worked on, and retried', async () => {
  await t.client.createCase(REQUEST);
  const { displayId } = t.support.engineer.cases()[0] ?? {};
  t.support.controls.fault = { kind: 'lost', operation: 'AddCommunicationToCase', times: 1 };
  expect(await deliver(1, { text: `回复 ${displayId} 好` })).toBe(false);
  expect([t.chat.posts.map(({ card }) => card.title), pauses]).toEqual([['请稍候'], [90]]);
  expect(await deliver(2, { text: `回复 ${displayId} 好` })).toBe(true);
  expect(t.support.engineer.cases()[0]?.communications).toHaveLength(2);
});
it('a message of a bot that is not configured any more is dropped', async () => {
  const body = JSON.stringify({ bot: 'slack/gone', message: t.message('help') });
  expect(await processMessage(body, 1, t.worker, async () => undefined)).toBe(true);
  expect(t.lines.join()).toContain('message.unknown_bot');
});
it.each([
  ['in the audit where it would have changed something', 'allow U2', ['allow U2']],
  ['nowhere where it only reads', 'allowlist', []],
])('a message that is given up after the last try is recorded %s', async (_name, text, audited) => {
  const entries: AuditEntry[] = [];
  const broken = () => Promise.reject(new TypeError('what a user wrote'));
  Object.assign(t.ctx.store, {
    getRights: broken,
    addAuditEntry: async (entry: AuditEntry) => void entries.push(entry),
  });
  for (const tries of [1, 2, 3, 4, 5]) await expect(deliver(tries, { text })).rejects.toThrow(TypeError);
  expect(entries.map(({ what }) => what)).toEqual(audited);
  for (const { result, who } of entries) expect([result, who.id]).toEqual(['given up: TypeError', 'u1']);
  expect(t.chat.posts.map(({ card }) => card.title)).toEqual(['未能完成']);
});
