import { outOfOrderSuccesses } from './overtaking';

const message = (MessageId: string, MessageGroupId?: string) => ({
  MessageId,
  Attributes: MessageGroupId === undefined ? {} : { MessageGroupId },
});
const BATCH = [message('a1', 'a'), message('b1', 'b'), message('a2', 'a'), message('a3', 'a')];

const ids = (failed: string[], batch = BATCH) => outOfOrderSuccesses(batch, failed).map(({ MessageId }) => MessageId);

it.each([
  [[], []],
  [['a1'], ['a2', 'a3']],
  [['a2'], ['a3']],
  [['a1', 'a2', 'a3'], []],
  [['b1'], []],
])('finds who was dealt with before an earlier one of the group: %j failed', (failed, found) => {
  expect(ids(failed)).toEqual(found);
});

it('has nothing to say of a queue without groups', () => {
  expect(ids(['1'], [message('1'), message('2')])).toEqual([]);
});
