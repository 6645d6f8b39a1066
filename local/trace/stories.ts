import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApplication } from '../application';
import { ROOMS } from '../chat/rooms';
import { named, openEar } from './listen';
import type { Step } from './step';

/** In real milliseconds. */
const PATIENCE = 20_000;
/** In ms: Slack takes one message a second, and the second alert is not to wait for that. */
const PACE = 1_500;
const EVENT = 'events/ec2-stopped.json';
const SLACK = ROOMS.filter(({ platform }) => platform === 'slack');
const CASE =
  '提工单\nsubject:费用\nbody:从 10:00 开始报错\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:other';

/** What happens when an alert comes, and when somebody files a case, over functions that are warm. */
export async function traced(): Promise<{ alert: Step[]; filing: Step[] }> {
  const ear = openEar();
  const quiet = { Properties: { Enabled: false } };
  const application = await startApplication({
    port: 0,
    parameters: {
      WebhookUrl: SLACK.map(({ url }) => url).join(),
      WebhookSecret: '-',
      ...{ Language: 'en', ExtraEventSources: '' },
    },
    log: () => undefined,
    onInvoked: ear.onInvoked,
    overrides: {
      Notifier: { Events: { Sweep: quiet } },
      CaseWorker: { Events: { Poll: quiet, Updates: quiet } },
      CaseCallback: { Timeout: 60 },
    },
  });
  ear.listen(application);
  const { send, stack, chats } = application;
  const feishu = chats.workspaces.find(({ platform }) => platform === 'feishu');
  const [by, talk] = [feishu?.users[1]?.id ?? '', feishu?.conversations[0]?.id ?? ''];
  const alert = async (id: string) => {
    await send(readFileSync(EVENT, 'utf8').replace(/"id": *"[^"]*"/, `"id":"${id}"`));
    await stack.idle(PATIENCE);
  };
  const say = async (text: string) => {
    await feishu?.say(by, talk, text, { mention: true });
    await stack.idle(PATIENCE);
  };
  try {
    await alert('first');
    await say('帮助');
    await say(CASE);
    await sleep(PACE);
    const [told, filed] = [await ear.during(() => alert('second')), await ear.during(() => say('提交'))];
    return { alert: [...toTheQueue(), ...told], filing: [...throughTheDoor(named('feishu')), ...filed] };
  } finally {
    await application.close();
  }
}

/** What the emulators of SNS and SQS do not let anybody hear; the template says it. */
const toTheQueue = (): Step[] => [
  { from: 'EC2', to: 'EC2StateRule', what: 'event' },
  { from: 'EC2StateRule', to: 'EventTopic', what: 'Publish' },
  { from: 'EventTopic', to: 'EventQueue', what: 'SendMessage' },
];

const throughTheDoor = (platform: string): Step[] => [
  { from: platform, to: 'CaseApi', what: 'callback, signed' },
  { from: 'CaseApi', to: 'CaseCallback', what: 'invoke' },
  { from: 'CaseCallback', to: 'CaseQueue', what: 'SendMessage' },
  { from: 'CaseCallback', to: platform, what: '200, at once' },
];
