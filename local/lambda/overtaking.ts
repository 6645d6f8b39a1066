import type { Message } from '@aws-sdk/client-sqs';

/**
 * Messages of a FIFO queue that a function takes for done although one before them in their group failed. SQS loses their
 * order then: a function must report all that follow in the group too (Lambda Developer Guide, "Implementing partial batch
 * responses").
 */
export function outOfOrderSuccesses(messages: readonly Message[], failed: readonly string[]): Message[] {
  const stuck = new Set<string>();
  return messages.filter(({ MessageId = '', Attributes }) => {
    const group = Attributes?.MessageGroupId;
    if (group === undefined) return false;
    if (failed.includes(MessageId)) stuck.add(group);
    return stuck.has(group) && !failed.includes(MessageId);
  });
}
