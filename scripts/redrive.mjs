#!/usr/bin/env node
// Puts dead letters back into the event queue once their cause is mended. Chats that have had an event are not told it again.
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

Shows why each dead letter was refused, and puts it back into the event queue; with --show it stays where it is.
The urls are the outputs DeadLetterQueueUrl and EventQueueUrl of the stack; AWS credentials and Region are taken from the
environment. Without urls: those of the application that npm start runs (port 4600 unless it was given another).`;

async function localQueues(port) {
  const response = await fetch(`http://127.0.0.1:${port}/queues`).catch(() => undefined);
  if (!response?.ok)
    throw new Error(`Nothing answers on port ${port}: run npm start first, or give the urls of the two queues.`);
  return response.json();
}

/** The Region stands in the queue's host, so nobody has to set it. */
const regionIn = (url) => /^https:\/\/sqs\.([\w-]+)\./.exec(url)?.[1];

function open({ deadLetters, endpoint }) {
  if (!endpoint) return new SQSClient({ region: regionIn(deadLetters) });
  const credentials = { accessKeyId: '000000000000', secretAccessKey: 'local' };
  return new SQSClient({ region: 'us-east-1', endpoint, credentials, useQueueUrlAsEndpoint: false });
}

function reasonIn({ Body, MessageAttributes }) {
  const said = MessageAttributes?.reason?.StringValue;
  if (!said) return 'the notifier failed on it ten times; see its log';
  const { entry = {} } = JSON.parse(Body).detail ?? {};
  return `${said}\n    ${entry.card?.title ?? ''}`;
}

/** Sent first and deleted then: whatever happens in between, it is in one of the two queues, and told once. */
async function redrive(sqs, { deadLetters, events }, show) {
  // No more than are there now: what is buried meanwhile is what is not mended yet.
  const there = Math.max(1, await countIn(sqs, deadLetters));
  const shown = [];
  let count = 0;
  for (let empty = 0; empty < 2 && count < there; ) {
    const letters = await lettersIn(sqs, deadLetters);
    empty = letters.length ? 0 : empty + 1;
    count += letters.length;
    for (const letter of letters) {
      console.log(`${show ? 'waits ' : 'back  '}${reasonIn(letter)}`);
      await (show ? shown.push(letter) : putBack(sqs, letter, deadLetters, events));
    }
  }
  await leave(sqs, deadLetters, shown);
  return count;
}

async function lettersIn(sqs, QueueUrl) {
  const request = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout: 60 };
  const received = await sqs.send(new ReceiveMessageCommand({ ...request, MessageAttributeNames: ['All'] }));
  return received.Messages ?? [];
}

async function countIn(sqs, QueueUrl) {
  const AttributeNames = ['ApproximateNumberOfMessages'];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

async function putBack(sqs, { Body, ReceiptHandle }, deadLetters, events) {
  await sqs.send(new SendMessageCommand({ QueueUrl: events, MessageBody: Body }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetters, ReceiptHandle }));
}

async function leave(sqs, QueueUrl, messages) {
  for (const { ReceiptHandle } of messages)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
}

// The oldest Node that runs this is the one that the SDK warns of.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

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
  const count = await redrive(open(queues), queues, values.show);
  const what = values.show ? 'dead letters wait' : 'dead letters are back in the event queue';
  console.log(count ? `${count} ${what}.` : 'There are no dead letters.');
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
