import { type Card, type Channel, DeliveryError } from '@casebell/im';
import { listeningLog } from './log.fixture';
import type { Notifier } from './notify';
import { withOurOwn } from './own-formatters';
import { receive } from './receive';
import { speak } from './say';

/** A team that can be told, and that refuses whatever holds one of some words. */
function team(refused: string[] = []): Channel & { heard: string[]; refused: string[] } {
  const heard: string[] = [];
  const send = async (card: Card) => {
    if (refused.some((word) => card.title.includes(word))) throw new Error(`refused ${card.title}`);
    heard.push(card.title);
  };
  return { platform: 'test', heard, refused, send };
}
const notifier = (...channels: Channel[]): Notifier & { log: ReturnType<typeof listeningLog> } => ({
  formatters: withOurOwn([]),
  channels,
  say: speak('en'),
  log: listeningLog(),
});
const record = (body: string) => ({ messageId: `id-${body}`, eventSource: 'aws:sqs', body });
const batch = (...bodies: string[]) => ({ Records: bodies.map(record) });

it('tells every team, in the order of the queue', async () => {
  const [one, two] = [team(), team()];
  expect(await receive(batch('a', 'b', 'c'), notifier(one, two))).toEqual({ batchItemFailures: [] });
  expect([one.heard, two.heard]).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
});

it('gives back only the records that could not be delivered', async () => {
  const told = team(['bad']);
  expect(await receive(batch('a', 'bad', 'c'), notifier(told))).toEqual({
    batchItemFailures: [{ itemIdentifier: 'id-bad' }],
  });
  expect(told.heard).toEqual(['a', 'c']);
});

it('fails, so that the queue keeps everything, when nothing could be delivered', async () => {
  await expect(receive(batch('bad'), notifier(team(['bad'])))).rejects.toThrow('refused bad');
});

it('fails a direct invocation that could not be delivered', async () => {
  await expect(receive('bad', notifier(team(['bad'])))).rejects.toThrow('refused bad');
  expect(await receive('good', notifier(team()))).toBeUndefined();
});

it('does not tell the others again when one team refuses and the record comes again', async () => {
  const [fine, broken] = [team(), team(['x'])];
  const both = notifier(fine, broken);
  await expect(receive(batch('x'), both)).rejects.toThrow();
  broken.refused.length = 0;
  await receive(batch('x'), both);
  expect([fine.heard, broken.heard]).toEqual([['x'], ['x']]);
});

it('logs a reason when there is nothing to say, and does not fail', async () => {
  const quiet = notifier(team());
  expect(await receive(batch('', ' '), quiet)).toEqual({ batchItemFailures: [] });
  expect(quiet.log.lines.map(({ what }) => what)).toEqual(['nothing.to-say', 'nothing.to-say']);
});

it('tells the other events of a message when one of them is refused', async () => {
  const told = team(['bad']);
  await expect(receive([{ 'detail-type': 'bad' }, { 'detail-type': 'good' }], notifier(told))).rejects.toThrow();
  expect(told.heard).toEqual(['good']);
});

it('tells all events of one message, also when their sender gave them one id', async () => {
  const told = team();
  const events = ['failed', 'OK'].map((state) => ({ id: 'deploy', 'detail-type': state, detail: { state } }));
  await receive({ Records: [record(JSON.stringify(events))] }, notifier(told));
  expect(told.heard).toEqual(['failed · failed', 'OK · OK']);
});

it('asks a team that needs a rest only once in a batch, and tells the others everything', async () => {
  let asked = 0;
  const tired: Channel = {
    platform: 'tired',
    send: () => {
      asked += 1;
      return Promise.reject(new DeliveryError('tired', { reason: 'too many messages', retryable: true }));
    },
  };
  const fine = team();
  await expect(receive(batch('r1', 'r2', 'r3'), notifier(tired, fine))).rejects.toThrow('too many');
  expect([asked, fine.heard]).toEqual([1, ['r1', 'r2', 'r3']]);
});

it('tells the same words again when somebody sends them again, but not when Lambda repeats an invocation', async () => {
  const told = team();
  const mine = notifier(told);
  for (const requestId of ['first', 'first', 'second']) await receive('disk full', mine, requestId);
  expect(told.heard).toEqual(['disk full', 'disk full']);
  expect(mine.log.lines.map(({ what }) => what)).toEqual(['event.delivered', 'event.repeated', 'event.delivered']);
});
