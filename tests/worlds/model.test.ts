import { readFileSync } from 'node:fs';
import { type Application, startApplication } from '../../local/application';
import type { Message, Room } from '../../local/chat/chats';
import { createClock, MODEL_CLOCK_RATE } from '../../local/clock';

const ON = { EnableLLM: 'true', LlmModelId: 'us.amazon.nova-lite-v1:0' };
const NOTICE = 'health-scheduled-change-many-instances';

let application: Application;
const lines: string[] = [];
const start = async (parameters: Record<string, string>, rate = MODEL_CLOCK_RATE) => {
  const log = (_source: string, line: string) => void lines.push(line);
  application = await startApplication({ port: 0, parameters, clock: createClock({ rate }), log });
};
afterEach(() => application.close());

/** A sample event with an id and an instance of its own, so that it is told again. */
async function tell(name: string, number: number): Promise<Map<Room['platform'], Message[]>> {
  const { chats, stack, send } = application;
  const had = chats.rooms.map(({ messages }) => messages.length);
  await send(readFileSync(`events/${name}.json`, 'utf8').replaceAll('e4160f0e0317', `e4160f0e${1000 + number}`));
  await stack.idle();
  return new Map(chats.rooms.map(({ platform, messages }, index) => [platform, messages.slice(had[index])]));
}
const shown = (messages: Message[] = []): string =>
  messages.flatMap(({ view }) => [view.title, ...view.lines]).join('\n');

it('tells all five chats what an event comes to, above the whole original', async () => {
  await start(ON);
  const seen = await tell(NOTICE, 1);
  expect(application.aws.bedrock.requests).toMatchObject([
    { modelId: ON.LlmModelId, region: 'us-east-1', maxTokens: 400 },
  ]);
  for (const messages of seen.values()) {
    const words = shown(messages);
    expect(words).toMatch(/AI 摘要[\s\S]*AWS 通知了以下事件[\s\S]*2026-09-30 02:00:00[\s\S]*开始时间/);
    expect(words).toContain('You can reboot an instance yourself');
  }
  expect(lines.filter((line) => line.includes('model.asked'))).toHaveLength(1);
  expect(lines.join('\n')).not.toMatch(/通知了以下事件|data-[0-9a-f]{8}/);
}, 60_000);

it('is told whole and on time while the model hangs, and counts why', async () => {
  await start(ON, 1);
  application.aws.bedrock.behave('hang');
  const began = application.clock.now();
  const seen = await tell(NOTICE, 2);
  // The model's eight seconds, and what everything else takes on a busy machine.
  expect(application.clock.now() - began).toBeLessThan(20_000);
  for (const messages of seen.values()) {
    expect(shown(messages)).toContain('You can reboot an instance yourself');
    expect(shown(messages)).not.toContain('AI 摘要');
  }
  expect(lines.join('\n')).toMatch(/"reason":"timeout"/);
}, 60_000);

it('asks nobody unless it is switched on', async () => {
  await start({});
  const seen = await tell(NOTICE, 3);
  for (const messages of seen.values()) expect(shown(messages)).not.toContain('AI 摘要');
  expect(application.aws.bedrock.requests).toEqual([]);
}, 60_000);

it('takes any prompt of one’s own, and keeps its rules', async () => {
  const SystemPrompt = '100% {简短}\n%s $x </data-> "引号" \\n';
  await start({ ...ON, SystemPrompt });
  await tell(NOTICE, 4);
  const [asked] = application.aws.bedrock.requests;
  expect(asked?.system.startsWith(SystemPrompt)).toBe(true);
  expect(asked?.system).toContain('由他人书写');
}, 60_000);
