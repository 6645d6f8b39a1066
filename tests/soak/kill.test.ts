import type { CaseRecord } from '../../functions/case-bot/domain/case-store';
import { textOf } from '../../local/demo/context';
import { type CaseWorld, homeOf, openCaseWorld, textForm } from '../case-bot/world.fixture';
import { killAt, recordOf, STEPS, type Step } from './kill.fixture';

/** In seconds of the clock, fifteen real ones: longer than all the killing takes, so that nobody comes again before it is over. */
const HIDDEN = 300;

let runtime: CaseWorld;
/** What was written down of each case when the worker died over it. */
const atDeath = new Map<string, CaseRecord | undefined>();

const subjectOf = ({ platform, what }: Step): string => `${platform}: ${what}`;

/** Each case in a talk of its own, because a talk waits for the message before: three chats, the group, and another case's group. */
function scenesOf(extra: string) {
  const counts = new Map<string, number>();
  return STEPS.map((step) => {
    const at = counts.get(step.platform) ?? 0;
    counts.set(step.platform, at + 1);
    const { conversations, users } = runtime.workplace(step.platform);
    const person = users[at % 3];
    const direct = conversations.find(({ kind, members }) => kind === 'direct' && members[0] === person?.id);
    const talk = [direct?.id, direct?.id, direct?.id, conversations[0]?.id, extra][at] ?? '';
    return { step, visitor: runtime.person(step.platform, at % 3), talk };
  });
}

type Scene = ReturnType<typeof scenesOf>[number];
let scenes: Scene[];

function sceneOf(step: Step): Scene {
  const found = scenes.find((scene) => scene.step === step);
  if (!found) throw new Error('Nobody has played it.');
  return found;
}

beforeAll(async () => {
  runtime = await openCaseWorld({ overrides: { CaseQueue: { VisibilityTimeout: HIDDEN } } });
  const first = runtime.person('feishu', 1);
  await first.say(textForm('安稳'));
  await first.press('提交');
  scenes = scenesOf(homeOf(runtime.workplace('feishu'), runtime.cases('安稳')[0]?.displayId ?? ''));
  for (const { step, visitor, talk } of scenes) await visitor.say(textForm(subjectOf(step)), { talk });
  for (const { step, visitor, talk } of scenes) {
    const press = () => runtime.workplace(step.platform).press(visitor.id, talk, '提交');
    await killAt(step, runtime, press);
    atDeath.set(subjectOf(step), await recordOf(subjectOf(step), runtime));
  }
  await runtime.stack.idle(60_000);
}, 120_000);
afterAll(() => runtime.close());

/** How far it had got: shows that the worker died where it should. */
const REACHED: Readonly<Record<string, object>> = {
  'the intent was stored': { attemptedAt: undefined, caseId: undefined },
  'AWS had created the case': { attemptedAt: expect.any(Number), caseId: undefined },
  'the group was opened': { displayId: expect.any(String), conversation: undefined },
  'the tab was pinned': { displayId: expect.any(String), conversation: undefined },
  'the thread was opened': { displayId: expect.any(String), conversation: undefined },
  'the answer was shown': { displayId: expect.any(String), conversation: expect.any(Object) },
};

describe.each(STEPS)('killed on $platform right after $what', (step) => {
  const subject = subjectOf(step);

  it('had got so far', () => {
    const { attemptedAt, caseId, displayId, conversation } = atDeath.get(subject) ?? {};
    expect({ attemptedAt, caseId, displayId, conversation }).toMatchObject(REACHED[step.what] ?? {});
  });

  it('files one case, and writes down which and where', async () => {
    const [found, ...others] = runtime.cases(subject);
    expect(others).toEqual([]);
    const { caseId, displayId } = found ?? {};
    expect(await recordOf(subject, runtime)).toMatchObject({
      caseId,
      displayId,
      told: 0,
      conversation: expect.any(Object),
    });
  });

  it('has one place for it, in which people can go on', async () => {
    const { visitor, talk } = sceneOf(step);
    const number = runtime.cases(subject)[0]?.displayId ?? '';
    const workplace = runtime.workplace(step.platform);
    const groups = workplace.conversations.filter(({ name }) => name === `${number}-${subject}`);
    expect(groups).toHaveLength(step.platform === 'feishu' ? 1 : 0);
    for (const { tabs, posts } of groups) expect([tabs.length, posts.length]).toEqual([1, 1]);
    const cards = workplace.conversations
      .find(({ id }) => id === talk)
      ?.posts.filter(({ view }) => view.title === `工单 ${number} · ${subject}`);
    expect(cards).toHaveLength(step.platform === 'slack' ? 1 : 0);
    const home = groups[0]?.id ?? cards?.[0]?.id;
    const reply = home
      ? visitor.say('继续', { talk: home, mention: false })
      : visitor.say(`回复 ${number} 继续`, { talk });
    expect(await reply).toContain(`已回复到工单 ${number}`);
  });

  it('has answered the person, twice only where the platform knows no key', () => {
    const number = runtime.cases(subject)[0]?.displayId ?? '';
    const posts =
      runtime.workplace(step.platform).conversations.find(({ id }) => id === sceneOf(step).talk)?.posts ?? [];
    const answers = posts.filter(
      (post) => post.by === 'bot' && new RegExp(`工单 ${number} (已创建|·)`).test(textOf(post)),
    );
    expect(answers).toHaveLength(step.platform === 'dingtalk' && step.what === 'the answer was shown' ? 2 : 1);
  });
});
