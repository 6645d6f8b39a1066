/**
 * Text for the worker that fauxqs lives in: makes its FIFO queues do what SQS's do (Developer Guide, "FIFO queue delivery
 * logic" and "Exactly-once processing").
 *
 * `severalOfAGroup`: a receive takes as many messages of a group as fit, in their order, and locks the group until all of
 * them are gone or visible again, which also happens in their order. fauxqs itself hands out one a group.
 *
 * `dedupeByGroup`: with `DeduplicationScope: messageGroup` the same deduplication id in two groups is two messages. fauxqs
 * knows one id a queue, so that the group is put before it on the way in, and taken off before the message is stored. Not done
 * for what a FIFO topic sends.
 */
export const FIFO = `
function severalOfAGroup({ prototype }) {
  const { dequeueFifo, processTimers, changeVisibility } = prototype;
  const bySequence = (one, other) => (one.sequenceNumber < other.sequenceNumber ? -1 : 1);
  const sorted = (queue) => {
    for (const group of queue.fifoMessages.values()) group.sort(bySequence);
  };
  prototype.processTimers = function () {
    processTimers.call(this);
    sorted(this);
  };
  prototype.changeVisibility = function (handle, seconds) {
    changeVisibility.call(this, handle, seconds);
    sorted(this);
  };
  prototype.dequeueFifo = function (most, ...rest) {
    this.processTimers();
    this.processTimers = () => undefined;
    const locked = new Map(this.fifoLockedGroups);
    const taken = [];
    for (let more; taken.length < Math.min(most, 10) && more?.length !== 0; taken.push(...more)) {
      this.fifoLockedGroups = new Map(locked);
      more = dequeueFifo.call(this, most - taken.length, ...rest);
    }
    delete this.processTimers;
    this.fifoLockedGroups = new Map();
    for (const { message } of this.inflightMessages.values())
      this.fifoLockedGroups.set(message.messageGroupId, (this.fifoLockedGroups.get(message.messageGroupId) ?? 0) + 1);
    return taken;
  };
}

function dedupeByGroup(SqsStore) {
  const { createMessage } = SqsStore;
  const mark = (group) => group + '\\n';
  SqsStore.createMessage = (body, attributes, delay, group, id) =>
    createMessage(body, attributes, delay, group, id?.startsWith(mark(group)) ? id.slice(mark(group).length) : id);
  return (queue, entry) => {
    const { DeduplicationScope, ContentBasedDeduplication } = queue?.attributes ?? {};
    if (DeduplicationScope !== 'messageGroup' || !entry.MessageGroupId) return;
    const ofContent = ContentBasedDeduplication === 'true' && SqsStore.contentBasedDeduplicationId(entry.MessageBody ?? '');
    const id = entry.MessageDeduplicationId ?? (ofContent || undefined);
    if (id) entry.MessageDeduplicationId = mark(entry.MessageGroupId) + id;
  };
}
`;
