import { type Application, startApplication } from '../../application';
import { ROOMS } from '../../chat/rooms';
import { createErrorLog } from '../../error-log';
import { LETTING_ALL_IN } from './event';
import { openLedger } from './ledger';
import { readOutbox } from './outbox';
import { type Road, TOLD } from './road';

/** The product's real road: template.yaml's stack, with three rooms to tell. */
export async function openProduct(say: (line: string) => void): Promise<Road> {
  const ledger = openLedger();
  const setups = ROOMS.filter(({ platform }) => TOLD.includes(platform));
  const application = await startApplication({
    port: 0,
    parameters: {
      ...LETTING_ALL_IN,
      Language: 'en',
      WebhookUrl: setups.map(({ url }) => url).join(' '),
      WebhookSecret: setups.map(({ secret }) => secret ?? '-').join(' '),
    },
    log: createErrorLog(say),
    onInvoked: ledger.onInvoked,
  });
  return { ...roadOf(application), asked: ledger.over(application.aws) };
}

function roadOf(application: Application): Road {
  const { chats, aws, stack, clock, send, close } = application;
  return {
    rooms: chats.rooms.filter(({ platform }) => TOLD.includes(platform)),
    clock,
    onMessage: chats.onMessage,
    send: (event) => send(JSON.stringify(event)),
    emit: aws.emit,
    idle: stack.idle,
    triesAgain: true,
    kept: () => readOutbox(application),
    // What the template's schedule sends.
    sweep: async () => stack.functions.Notifier?.({ casebell: 'sweep' }),
    close,
  };
}
