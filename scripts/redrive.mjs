#!/usr/bin/env node
// Moves dead letters back into the event queue once their cause is fixed. A chat that has received an event does not receive it again.
import { parseArgs } from 'node:util';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

const USAGE = `npm run redrive -- DEAD_LETTER_QUEUE_URL EVENT_QUEUE_URL [--show]
npm run redrive -- [--port PORT] [--show]

Prints why each dead letter was rejected and moves it to the event queue; with --show it stays in the dead-letter queue.
The urls are the stack's outputs DeadLetterQueueUrl and EventQueueUrl; AWS credentials come from the
environment. Without urls: the queues of the application that npm start runs (port 4600 by default).`;

// The oldest supported Node is the version that the SDK warns about.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function localQueues(port) {
  const response = await fetch(`http://127.0.0.1:${port}/queues`).catch(() => undefined);
  if (!response?.ok)
    throw new Error(`No application answers on port ${port}: run npm start first, or give the urls of the two queues.`);
  return response.json();
}

/** The queue's host contains the Region. */
function createClient({ deadLetters, endpoint }) {
  if (!endpoint) return new SQSClient({ region: /^https:\/\/sqs\.([\w-]+)\./.exec(deadLetters)?.[1] });
  const credentials = { accessKeyId: '000000000000', secretAccessKey: 'local' };
  return new SQSClient({ region: 'us-east-1', endpoint, credentials, useQueueUrlAsEndpoint: false });
}

function reasonOf({ Body, MessageAttributes }) {
  const reason = MessageAttributes?.reason?.StringValue;
  if (!reason) return 'the notifier failed ten times; see its log';
  return `${reason}\n    ${JSON.parse(Body).detail?.entry?.card?.title ?? ''}`;
}

/** Yields at most as many messages as the queue contains at the start: later ones are not fixed yet. */
async function* receiveAll(sqs, queue) {
  const AttributeNames = ['ApproximateNumberOfMessages'];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ ...queue, AttributeNames }));
  const total = Math.max(1, Number(Attributes?.ApproximateNumberOfMessages ?? 0));
  for (let count = 0, emptyReceives = 0; emptyReceives < 2 && count < total; ) {
    const request = { ...queue, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, MessageAttributeNames: ['All'] };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ ...request, VisibilityTimeout: 60 }));
    emptyReceives = Messages.length ? 0 : emptyReceives + 1;
    count += Messages.length;
    yield* Messages;
  }
}

async function redrive(sqs, { deadLetters, events }, isShowOnly) {
  const queue = { QueueUrl: deadLetters };
  const messages = [];
  for await (const message of receiveAll(sqs, queue)) {
    console.log(`${isShowOnly ? 'kept ' : 'moved'} ${reasonOf(message)}`);
    if (!isShowOnly) await move(sqs, message, queue, events);
    messages.push(message);
  }
  for (const { ReceiptHandle } of isShowOnly ? messages : [])
    await sqs.send(new ChangeMessageVisibilityCommand({ ...queue, ReceiptHandle, VisibilityTimeout: 0 }));
  return messages.length;
}

/** Sends before it deletes, so a message is never lost. */
async function move(sqs, { Body, ReceiptHandle }, queue, events) {
  await sqs.send(new SendMessageCommand({ QueueUrl: events, MessageBody: Body }));
  await sqs.send(new DeleteMessageCommand({ ...queue, ReceiptHandle }));
}

const options = {
  port: { type: 'string', default: '4600' },
  show: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

async function main() {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help || positionals.length === 1) return console.log(USAGE);
  const [deadLetters, events] = positionals;
  const queues = deadLetters ? { deadLetters, events } : await localQueues(values.port);
  const count = await redrive(createClient(queues), queues, values.show);
  const result = values.show ? 'dead letters in the queue' : 'dead letters moved to the event queue';
  console.log(count ? `${count} ${result}.` : 'There are no dead letters.');
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
