import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../workspace';
import { signatureOf } from './answer';
import { type Office, openOffice } from './office.fixture';

let office: Office;
afterEach(() => office.close());

/** As fast as a minute in a tenth of a second. */
const fast = { rate: () => 600 };

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 100; tries += 1) await sleep(50);
}

const statuses = () => office.workspace.deliveries.map(({ status }: Delivery) => status);

it('signs what it crafts so that the bot lets it in, and not if a letter of the headers is spoiled', async () => {
  office = await openOffice();
  const { headers, body } = office.workspace.createCallback(office.li, office.group.id, '开工单');
  const { timestamp = '', sign = '' } = headers;
  expect(sign).toBe(signatureOf(timestamp, office.workspace.secrets.appSecret ?? ''));
  const request = { method: 'POST', headers, body: Buffer.from(body) };
  expect(office.app.receive(request)).toMatchObject({ kind: 'message', message: { text: '开工单' } });
  const spoiled: Record<string, string>[] = [
    { timestamp: `${Number(timestamp) + 1}` },
    { sign: `A${sign.slice(1)}` },
    { sign: sign.toLowerCase() },
  ];
  for (const change of spoiled) {
    expect(() => office.app.receive({ ...request, headers: { ...headers, ...change } })).toThrow(/appSecret/);
  }
  expect([office.group.posts, office.workspace.deliveries]).toEqual([[], []]);
});

it('waits two and a half seconds, and says it once more a minute later, as the same message with a signature of its own time', async () => {
  office = await openOffice(fast, (call) => (call === 0 ? 10_000 : 0));
  const first = await office.workspace.say(office.li, office.group.id, 'hi', { mention: true });
  expect(first).toMatchObject({ status: 0, body: '' });
  expect(first.durationMs).toBeGreaterThanOrEqual(2_400);
  office.clock.now += 3_600_000;
  await until(() => office.workspace.deliveries.length > 1);
  expect(statuses()).toEqual([0, 200]);
  const [once, again] = office.messages();
  expect(again).toEqual(once);
  expect(office.group.posts).toHaveLength(1);
});

it('says it twice at most, also where nobody is at home', async () => {
  office = await openOffice(fast);
  await office.workspace.subscribe('http://127.0.0.1:1/');
  expect(await office.workspace.say(office.li, office.direct.id, 'hi')).toMatchObject({ status: 0 });
  await until(() => office.workspace.deliveries.length > 1);
  await sleep(300);
  expect(statuses()).toEqual([0, 0]);
});

it('says nothing more once it is closed', async () => {
  office = await openOffice(fast);
  await office.workspace.subscribe('http://127.0.0.1:1/');
  await office.workspace.say(office.li, office.direct.id, 'hi');
  await office.workspace.close();
  await sleep(300);
  expect(statuses()).toEqual([0]);
});

it('has no other address than a url', async () => {
  office = await openOffice();
  for (const url of ['', 'here', 'ftp://a.example/']) {
    await expect(office.workspace.subscribe(url)).rejects.toThrow(/not a url/);
  }
});

it('lets nobody speak where they are not', async () => {
  office = await openOffice();
  const { workspace, li, group } = office;
  const other = workspace.conversations.at(-1)?.id ?? '';
  await expect(workspace.say('nobody', group.id, 'x')).rejects.toThrow('Nobody here is nobody.');
  await expect(workspace.say(li, other, 'x')).rejects.toThrow(/is in no talk/);
  await expect(workspace.press(li, group.id, '关闭')).rejects.toThrow('There is no button 关闭 in this talk.');
  await expect(workspace.submit(li, group.id, {})).rejects.toThrow('There is no form in this talk.');
});
