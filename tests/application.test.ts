import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Application, startApplication } from '../local/application';
import type { Message, Room } from '../local/chat/rooms';
import { createClock, FAST_CLOCK_RATE } from '../local/clock';

const lines: string[] = [];
const log = (_source: string, line: string) => void lines.push(line);
const start = (parameters = {}) =>
  startApplication({ port: 0, parameters, clock: createClock({ rate: FAST_CLOCK_RATE }), log });

/** What each room shows of something that was sent, once all of it is there. */
async function told({ chats, stack, send }: Application, content: string): Promise<Map<Room['platform'], Message[]>> {
  const had = chats.rooms.map((room) => room.messages.length);
  await send(content);
  for (let waits = 0; waits < 200 && chats.rooms.some((room, index) => room.messages.length === had[index]); waits += 1)
    await sleep(25);
  await stack.idle();
  return new Map(chats.rooms.map((room, index) => [room.platform, room.messages.slice(had[index])]));
}
async function deadLetters({ aws, stack }: Application): Promise<string> {
  const client = new SQSClient({
    region: aws.region,
    endpoint: aws.env.AWS_ENDPOINT_URL_SQS,
    useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' },
  });
  const QueueUrl = stack.outputs.DeadLetterQueueUrl;
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body }) => Body).join('\n');
}

/** WeCom has no escapes: what would be markup there is shown by its look-alike. */
const plain = (text: string): string => text.replace(/＜/g, '<').replace(/\u200B/g, '');
const eventFile = (name: string): string => readFileSync(`events/${name}.json`, 'utf8');

describe('the whole application, over real connections', () => {
  let application: Application;
  beforeAll(async () => {
    application = await start();
  });
  afterAll(() => application.close());
  afterEach(() => expect(application.chats.rooms.flatMap(({ rejections }) => rejections)).toEqual([]));

  it('brings an event of AWS to all five chats', async () => {
    const seen = await told(application, eventFile('ec2-stopped'));
    expect([...seen.keys()].sort()).toEqual(['dingtalk', 'feishu', 'slack', 'teams', 'wecom']);
    for (const messages of seen.values()) {
      expect(messages).toHaveLength(1);
      expect(messages[0]?.view.title).toContain('EC2 实例已停止');
    }
  });

  it('pings nobody, whatever a description holds, and shows it letter by letter', async () => {
    const seen = await told(application, eventFile('hostile-description'));
    for (const messages of seen.values()) {
      expect(messages.flatMap((message) => message.view.mentions)).toEqual([]);
      const shown = plain(messages.flatMap((message) => message.view.lines).join('\n'));
      expect(shown).toContain('<!channel>');
      expect(shown).toContain('<at id=all></at>');
    }
  });

  it('continues a long description in further messages, in order', async () => {
    const seen = await told(application, eventFile('health-long-description'));
    const wecom = seen.get('wecom') ?? [];
    expect(wecom.length).toBeGreaterThan(5);
    expect(wecom.map((message) => /\((\d+)\/\d+\)/.exec(message.view.title)?.[1])).toEqual(
      wecom.map((_, index) => `${index + 1}`),
    );
  });

  it('tells a plain text, a ready-made card and a broken JSON', async () => {
    for (const [content, title] of [
      ['磁盘快满了', '磁盘快满了'],
      ['{"title":"Deployed","severity":"resolved"}', 'Deployed'],
      ['{"source":"aws', '{"source":"aws'],
    ] as const) {
      const seen = await told(application, content);
      for (const messages of seen.values()) expect(messages[0]?.view.title).toContain(title);
    }
  });

  it('tries a chat that is out of order again, and tells the others at once, everyone once', async () => {
    const slack = application.chats.rooms.find(({ platform }) => platform === 'slack');
    if (slack) slack.fault = { times: 2, kind: 'answer', status: 500, body: 'rollup_error' };
    const seen = await told(application, JSON.stringify({ ...JSON.parse(eventFile('ec2-running')), id: 'tried' }));
    expect([...seen.values()].map((messages) => messages.length)).toEqual([1, 1, 1, 1, 1]);
    expect(slack?.rejections.splice(0)).toHaveLength(2);
  });

  it('tells an event once, however often and by whatever road it comes', async () => {
    const seen = await told(application, eventFile('alarm-metric'));
    expect([...seen.values()].map((messages) => messages.length)).toEqual([1, 1, 1, 1, 1]);
    const had = application.chats.rooms.map(({ messages }) => messages.length);
    await application.send(eventFile('alarm-metric'));
    await application.stack.functions.Notifier?.(JSON.parse(eventFile('alarm-metric')));
    await application.stack.idle();
    expect(application.chats.rooms.map(({ messages }) => messages.length)).toEqual(had);
  });

  it('says that an alarm is over, and when it was told first', async () => {
    const seen = await told(application, eventFile('alarm-ok'));
    for (const messages of seen.values()) expect(messages[0]?.view.lines.join('\n')).toMatch(/后续.*首次通知于/s);
  });

  it('never logs a webhook url, a token or a secret', () => {
    const secrets = application.chats.rooms.flatMap(({ url, secret }) => [
      url,
      new URL(url).search.slice(-16),
      secret ?? url,
    ]);
    for (const secret of secrets.filter((text) => text.length > 8)) expect(lines.join('\n')).not.toContain(secret);
  });
});

describe('a stack with settings of its own', () => {
  it('runs a formatter that was added as a lone file in a layer', async () => {
    const layer = mkdtempSync(join(tmpdir(), 'layer-'));
    mkdirSync(join(layer, 'nodejs/plugins'), { recursive: true });
    const own = `export default { name: 'own', pattern: { source: ['aws.ec2'] }, format: ({ detail }, say) => ({ title: say.t({ en: 'Mine', 'zh-CN': '我的' }) + ' ' + detail.state, severity: 'info' }) };`;
    writeFileSync(join(layer, 'nodejs/plugins/own.mjs'), own);
    const application = await start({ PluginLayerArn: layer, Language: 'en' });
    const seen = await told(application, eventFile('ec2-stopped'));
    await application.close();
    for (const messages of seen.values()) expect(messages[0]?.view.title).toContain('Mine stopped');
  });

  it('says what is wrong with a webhook url, does not repeat it, and keeps the event', async () => {
    const application = await start({ WebhookUrl: 'https://chat.example.com/hook/token-4711', WebhookSecret: '' });
    await application.stack.functions.Notifier?.({ 'detail-type': 'x' });
    const letters = await deadLetters(application);
    await application.close();
    expect(letters).toMatch(/oapi\.dingtalk\.com/);
    expect(lines.join('\n')).toMatch(/message\.refused.*oapi\.dingtalk\.com/);
    expect(letters + lines.join('\n')).not.toContain('token-4711');
  });

  it.each([
    [{ WebhookUrl: 'http://oapi.dingtalk.com/x' }, /WebhookUrl.*https:\/\//s],
    [{ Language: 'fr' }, /Language.*zh-CN/s],
    [{ GuardDutyMinSeverity: '11' }, /GuardDutyMinSeverity/],
    [{ PluginLayerArn: 'arn:aws:lambda:us-east-1:111122223333:layer:x' }, /PluginLayerArn/],
    [{ Colour: 'red' }, /Colour/],
  ])('refuses the parameters %j before anything runs', async (parameters, sentence) => {
    await expect(start(parameters)).rejects.toThrow(sentence);
  });

  it('says which port is taken', async () => {
    const first = await start();
    const port = Number(new URL(first.chats.url).port);
    await expect(startApplication({ port, parameters: {}, log: () => undefined })).rejects.toThrow(`Port ${port}`);
    await first.close();
  });
});
