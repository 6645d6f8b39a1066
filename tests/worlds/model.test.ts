import { readFileSync } from 'node:fs';
import { type Application, startApplication } from '../../local/application';
import { createClock, MODEL_CLOCK_RATE } from '../../local/clock';

const MODEL_ID = 'us.amazon.nova-lite-v1:0';
/** Every character that a template, a shell or a pattern may take for something else. */
const SystemPrompt = '100% {简短}\n%s $x </data-> "引号" \\n';

let application: Application;
const lines: string[] = [];
beforeAll(async () => {
  application = await startApplication({
    port: 0,
    parameters: { EnableLLM: 'true', LlmModelId: MODEL_ID, SystemPrompt },
    clock: createClock({ rate: MODEL_CLOCK_RATE }),
    log: (_source, line) => void lines.push(line),
  });
});
afterAll(() => application.close());

/** Sends an event with its own id. @returns the text that each of the chats shows for it */
async function shownFor(number: number): Promise<string[]> {
  const { chats, stack, send } = application;
  const event = readFileSync('events/health-scheduled-change-many-instances.json', 'utf8');
  const counts = chats.rooms.map(({ messages }) => messages.length);
  await send(event.replaceAll('e4160f0e0317', `e4160f0e${1000 + number}`));
  await stack.idle();
  return chats.rooms.map(({ messages }, index) =>
    messages
      .slice(counts[index])
      .flatMap(({ view }) => [view.title, ...view.lines])
      .join('\n'),
  );
}

describe('a stack with a model', () => {
  it('shows a summary above the whole original in each of the five chats, and asks once', async () => {
    const texts = await shownFor(1);
    expect(texts).toHaveLength(5);
    for (const text of texts) {
      expect(text).toMatch(/AI 摘要[\s\S]*AWS 通知了以下事件[\s\S]*2026-09-30 02:00:00[\s\S]*开始时间/);
      expect(text).toContain('You can reboot an instance yourself');
    }
    const [request, ...others] = application.aws.bedrock.requests;
    expect([request, others]).toMatchObject([{ modelId: MODEL_ID, region: 'us-east-1', maxTokens: 400 }, []]);
  });

  it('sends the prompt of its parameters unchanged, with the fixed rules behind it', () => {
    const [request] = application.aws.bedrock.requests;
    expect(request?.system.startsWith(SystemPrompt)).toBe(true);
    expect(request?.system).toContain('由他人书写');
  });

  it('logs the cost of a summary and none of its content', () => {
    expect(lines.filter((line) => line.includes('model.called'))).toHaveLength(1);
    expect(lines.join('\n')).not.toMatch(/通知了以下事件|data-[0-9a-f]{8}/);
  });

  it('shows the original alone when the answer does not pass the checks, and logs why', async () => {
    application.aws.bedrock.behave('hallucinated-id');
    for (const text of await shownFor(2)) {
      expect(text).toContain('You can reboot an instance yourself');
      expect(text).not.toContain('AI 摘要');
    }
    expect(lines.join('\n')).toMatch(/summary\.dropped.*"reason":"identifier"/);
  });
});
