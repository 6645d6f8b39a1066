import { type Application, type ApplicationOptions, startApplication } from '../../local/application';
import type { EngineerCase } from '../../local/aws/support/engineer';
import type { BotPlatformName } from '../../local/chat/platforms';
import type { Conversation, Delivery, Post, Workspace } from '../../local/chat/workspace';
import { createClock, FAST_CLOCK_RATE } from '../../local/clock';
import { textOf } from '../../local/demo/context';

export const PLATFORMS: readonly BotPlatformName[] = ['dingtalk', 'feishu', 'slack'];

/** The application as a user of its case bot sees it. */
export interface CaseWorld extends Application {
  /** Every line of every function. */
  lines: string[];
  workspace(platform: BotPlatformName): Workspace;
  person(platform: BotPlatformName, at?: number): TestUser;
  /** The cases of AWS Support with this subject. */
  cases(subject: string): EngineerCase[];
}

/** A person on a platform. Each action resolves with all that the bot has posted until nothing is in progress. */
export interface TestUser {
  id: string;
  name: string;
  /** In the group and with a mention of the bot, unless `how` says otherwise. */
  say(text: string, how?: { conversationId?: string; mention?: boolean }): Promise<string>;
  press(label: string, conversationId?: string): Promise<string>;
}

/** A day lasts over an hour here. The callback function may be slow on a busy machine; the notifier's sweep is off. */
export async function openCaseWorld(options: Partial<ApplicationOptions> = {}): Promise<CaseWorld> {
  const lines: string[] = [];
  const { parameters, overrides, aws, ...others } = options;
  const application = await startApplication({
    port: 0,
    clock: createClock({ rate: FAST_CLOCK_RATE }),
    log: (source, line) => void lines.push(`${source} ${line}`),
    ...others,
    aws: { ...aws, support: { casesPerHour: Number.POSITIVE_INFINITY, ...aws?.support } },
    parameters: { ExtraEventSources: '', ...parameters },
    overrides: {
      CaseCallback: { Timeout: 60 },
      Notifier: { Events: { Sweep: { Properties: { Enabled: false } } } },
      ...overrides,
    },
  });
  const workspace = (platform: BotPlatformName): Workspace => {
    const found = application.chats.workspaces.find((each) => each.platform === platform);
    if (!found) throw new Error(`There is no workspace on ${platform}.`);
    return found;
  };
  return {
    ...application,
    lines,
    workspace,
    person: (platform, at = 1) => testUser(workspace(platform), at, application.stack),
    cases: (subject) => application.aws.support.engineer.cases().filter((one) => one.subject === subject),
  };
}

function testUser(workspace: Workspace, at: number, { idle }: Application['stack']): TestUser {
  const { conversations, users } = workspace;
  const { id = '', name = '' } = users[at] ?? {};
  const room = conversations[0]?.id ?? '';
  const answersTo = async (act: () => Promise<Delivery>): Promise<string> => {
    const before = postsIn(conversations);
    await act();
    await idle(60_000);
    const news = [...postsIn(conversations)].filter((post) => post.by === 'bot' && !before.has(post));
    return news.map(textOf).join('\n');
  };
  return {
    id,
    name,
    say: (text, { conversationId = room, mention = true } = {}) =>
      answersTo(() => workspace.say(id, conversationId, text, { mention })),
    press: (label, conversationId = room) => answersTo(() => workspace.press(id, conversationId, label)),
  };
}

const postsIn = (conversations: readonly Conversation[]): Set<Post> =>
  new Set(conversations.flatMap(({ posts }) => posts));

/** The text form of a case, complete. */
export const textForm = (subject: string, values: Readonly<Record<string, string>> = {}): string => {
  const form = { body: '从 10:00 开始报错', severityCode: 'low', serviceCode: 'aws-lambda', categoryCode: 'other' };
  const fields = Object.entries({ subject, ...form, ...values }).map(([name, value]) => `${name}:${value}`);
  return ['提工单', ...fields].join('\n');
};

/** The id of the conversation of a case, where it has one. */
export function conversationIdOf({ conversations }: Workspace, number: string): string {
  const group = conversations.find(({ name }) => name.startsWith(`${number}-`));
  const card = conversations[0]?.posts.find(({ by, view }) => by === 'bot' && view.title.includes(number));
  return group?.id ?? card?.id ?? 'nowhere';
}
