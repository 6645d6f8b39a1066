/**
 * Program text for fauxqs's worker: makes its FIFO queues behave like those of SQS (Developer Guide, "FIFO queue delivery
 * logic" and "Exactly-once processing").
 *
 * `receiveSeveralOfAGroup`: one receive returns as many messages of a group as fit, in order, and locks the group until all
 * of them are deleted or visible again; they become visible in order. fauxqs itself returns one message per group.
 *
 * `deduplicateByGroup`: with `DeduplicationScope: messageGroup` the same deduplication id in two groups is two messages.
 * fauxqs has one scope per queue, so the group is prepended to the id on the way in and removed before the message is stored.
 * This does not cover messages of FIFO topics.
 */
export const FIFO = `
function receiveSeveralOfAGroup({ prototype }) {
  const { dequeueFifo, processTimers, changeVisibility } = prototype;
  const bySequence = (one, other) => (one.sequenceNumber < other.sequenceNumber ? -1 : 1);
  const sortGroups = (queue) => {
    for (const group of queue.fifoMessages.values()) group.sort(bySequence);
  };
  prototype.processTimers = function () {
    processTimers.call(this);
    sortGroups(this);
  };
  prototype.changeVisibility = function (handle, seconds) {
    changeVisibility.call(this, handle, seconds);
    sortGroups(this);
  };
  prototype.dequeueFifo = function (maxCount, ...rest) {
    this.processTimers();
    this.processTimers = () => undefined;
    const locked = new Map(this.fifoLockedGroups);
    const taken = [];
    for (let more; taken.length < Math.min(maxCount, 10) && more?.length !== 0; taken.push(...more)) {
      this.fifoLockedGroups = new Map(locked);
      more = dequeueFifo.call(this, maxCount - taken.length, ...rest);
    }
    delete this.processTimers;
    this.fifoLockedGroups = new Map();
    for (const { message } of this.inflightMessages.values())
      this.fifoLockedGroups.set(message.messageGroupId, (this.fifoLockedGroups.get(message.messageGroupId) ?? 0) + 1);
    return taken;
  };
}

function deduplicateByGroup(SqsStore) {
  const { createMessage } = SqsStore;
  const prefix = (group) => group + '\\n';
  SqsStore.createMessage = (body, attributes, delay, group, id) =>
    createMessage(body, attributes, delay, group, id?.startsWith(prefix(group)) ? id.slice(prefix(group).length) : id);
  return (queue, entry) => {
    const { DeduplicationScope, ContentBasedDeduplication } = queue?.attributes ?? {};
    if (DeduplicationScope !== 'messageGroup' || !entry.MessageGroupId) return;
    const contentId = ContentBasedDeduplication === 'true' && SqsStore.contentBasedDeduplicationId(entry.MessageBody ?? '');
    const id = entry.MessageDeduplicationId ?? (contentId || undefined);
    if (id) entry.MessageDeduplicationId = prefix(entry.MessageGroupId) + id;
  };
}
`;
