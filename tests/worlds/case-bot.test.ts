import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LocalAws } from '../../local/aws/start-aws';
import { SECRETS as FEISHU } from '../../local/chat/feishu/state';
import { textOf } from '../../local/demo/context';
import { secretsOf } from './case-bot-secrets.fixture';
import { type CaseWorld, conversationIdOf, openCaseWorld, PLATFORMS, textForm } from './case-bot-world.fixture';

const PRODUCTION = '222233334444';
const EXTERNAL_ID = 'open-sesame-1';
const roleIn = (account: string): string => `arn:aws:iam::${account}:role/casebell-cases`;
/** What must not be shown in a chat. */
const RAW = /arn:|Exception|Error:|RequestId|AccessDenied|\n\s+at |xoxb-|\bsession=/;

/** A second bot on Feishu: one account, one service, one severity, in English. */
const OPS = {
  ...{ accounts: ['production'], services: ['aws-lambda'], severities: ['low'], language: 'en' },
  ...{ caseLanguage: 'ja', admins: ['no-one'] },
};

let world: CaseWorld;
/** The events that the functions were invoked with. */
const events: unknown[] = [];

/** The role of production trusts the bot's account, that of the closed account does not. */
async function prepare(aws: LocalAws): Promise<Record<string, string>> {
  aws.trust({ roleArn: roleIn(PRODUCTION), principal: aws.account, externalId: EXTERNAL_ID });
  const client = new SecretsManagerClient({
    region: aws.region,
    endpoint: aws.env.AWS_ENDPOINT_URL_SECRETS_MANAGER,
    credentials: { accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' },
  });
  const SecretString = JSON.stringify({ 'feishu/ops': { ...FEISHU, ...OPS } });
  const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: 'more-bots', SecretString }));
  client.destroy();
  return { BotsSecretArn: ARN };
}

beforeAll(async () => {
  world = await openCaseWorld({
    prepare,
    onInvoked: (_source, event) => void events.push(event),
    parameters: {
      CaseRoleArns: [roleIn(PRODUCTION), roleIn('333344445555')].join(','),
      CaseAccountNames: 'production,closed',
      CaseExternalId: EXTERNAL_ID,
    },
  });
});
afterAll(() => world.close());

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000');
const numberOf = (subject: string): string => world.cases(subject)[0]?.displayId ?? 'no case';

/** Files a case in the stack's own account; returns its number. */
async function file(platform: (typeof PLATFORMS)[number], subject: string): Promise<string> {
  const person = world.person(platform);
  expect(await person.say(textForm(subject, { account: 'main' }))).toContain('请核对后提交');
  await person.press('提交');
  return numberOf(subject);
}

describe.each(PLATFORMS)('the case bot on %s', (platform) => {
  it('opens a case, writes replies, delivers what AWS answers, resolves and reopens it', async () => {
    const [person, subject] = [world.person(platform), `连不上 ${platform}`];
    const number = await file(platform, subject);
    expect(await person.say(`回复 ${number} 从群里回复`)).toContain(`已回复到工单 ${number}`);
    const conversationId = platform === 'dingtalk' ? undefined : conversationIdOf(world.workspace(platform), number);
    const how = { conversationId, mention: platform === 'dingtalk' };
    if (conversationId) expect(await person.say('又出现了', how)).toContain(`已回复到工单 ${number}`);
    world.aws.support.engineer.answer(number, '请重启实例。');
    await world.stack.idle(20_000);
    const posts = world.workspace(platform).conversations.flatMap((conversation) => conversation.posts);
    expect([...new Set(posts)].filter((post) => textOf(post).includes('请重启实例。'))).toHaveLength(1);
    await person.say(`关闭工单 ${number}`, how);
    expect(await person.press('确认关闭', conversationId)).toContain('工单已关闭');
    expect(await person.say(`回复 ${number} 还没好`, how)).toContain('重新打开');
    expect(world.cases(subject)).toMatchObject([{ account: world.aws.account, status: 'reopened' }]);
  });
  it('understands full-width text', async () => {
    const [person, subject] = [world.person(platform), `全角 ${platform}`];
    expect(await person.say(fullWidth('查找ServiceCode:EC2'))).toContain('amazon-elastic-compute-cloud-linux');
    expect(await person.say(textForm(subject, { account: 'main' }).replaceAll(':', '：'))).toContain('请核对后提交');
    await person.press('提交');
    expect(await person.say(fullWidth(`回复 ${numberOf(subject)}: ok`))).toContain('已回复到工单');
    expect(world.cases(subject)[0]?.communications.at(-1)?.body).toMatch(/^ｏｋ\n/);
  });
  it('ignores people of another organization, and logs the reason', async () => {
    const before = world.lines.length;
    expect(await world.person(platform, 3).say('帮助')).toBe('');
    expect(world.lines.slice(before).join('\n')).toMatch(/callback\.ignored.*"reason":"[^"]+/);
  });
  it('answers in a group only where it is mentioned, and in a direct chat always', async () => {
    const person = world.person(platform);
    expect(await person.say('帮助', { mention: false })).toBe('');
    const direct = world
      .workspace(platform)
      .conversations.find(({ kind, members }) => kind === 'direct' && members.includes(person.id));
    expect(await person.say('帮助', { conversationId: direct?.id, mention: false })).toContain('可以这样使用');
  });
  it('explains why AWS refuses a case, keeps the draft, and files it later', async () => {
    const [person, subject] = [world.person(platform), `没有支持计划 ${platform}`];
    await person.say(textForm(subject, { account: 'main' }));
    world.aws.support.subscribe(world.aws.account, 'none');
    const answer = await person.press('提交');
    world.aws.support.subscribe(world.aws.account, 'business');
    expect(answer).toContain('没有可通过 API 开工单的 AWS 支持计划');
    expect(answer).not.toMatch(RAW);
    expect(world.cases(subject)).toEqual([]);
    await person.press('提交');
    expect(world.cases(subject)).toHaveLength(1);
  });
  it('opens a case in another account by its role, and explains a role that cannot be assumed', async () => {
    const [person, subject] = [world.person(platform), `生产 ${platform}`];
    expect(await person.say(textForm(subject, { account: 'production' }))).toContain('production');
    await person.press('提交');
    expect(world.cases(subject)).toMatchObject([{ account: PRODUCTION }]);
    const answers = [await person.say(textForm('关闭的账号', { account: 'closed' })), await person.say('历史')];
    for (const answer of answers) expect(answer).toContain('无法使用该账号的角色');
    for (const answer of answers) expect(answer).not.toMatch(RAW);
    expect(answers[1]).toContain(subject);
  });
});

it('a reply in a Slack thread by a person of another organization is ignored', async () => {
  const conversationId = conversationIdOf(world.workspace('slack'), await file('slack', '外人'));
  expect(await world.person('slack', 3).say('我也遇到了', { conversationId, mention: false })).toBe('');
  expect(world.cases('外人')[0]?.communications).toHaveLength(1);
});

describe('a further bot, from its own secret', () => {
  beforeAll(async () => {
    const { outputs, localUrl } = world.stack;
    await world.workspace('feishu').subscribe(localUrl(`${outputs.CaseCallbackUrl}/feishu/ops`));
  });
  const person = () => world.person('feishu');

  it('has its own language, services and severities', async () => {
    expect(await person().say('帮助')).toMatch(/Available commands/);
    expect(await person().say('services EC2')).not.toContain('amazon-elastic-compute-cloud-linux');
    expect(await person().say(textForm('urgent', { severityCode: 'high' }))).toContain('high');
  });
  it('files in its own account and case language, without asking for either', async () => {
    expect(await person().say(textForm('another bot'))).toContain('日本語');
    await person().press('Submit');
    expect(world.cases('another bot')).toMatchObject([{ account: PRODUCTION }]);
  });
  it('has no access to other accounts and their cases', async () => {
    expect(await person().say(`case ${numberOf('连不上 feishu')}`)).toContain('There is no case');
    expect(await person().say('cases')).not.toContain('连不上 feishu');
    expect(await person().say(textForm('beyond', { account: 'main' }))).toContain('main');
    expect(world.cases('beyond')).toEqual([]);
  });
  it('has its own administrators in addition to those of the stack', async () => {
    expect(await person().say('check')).toContain('administrator');
    expect(await world.person('feishu', 0).say('check')).toContain('feishu/ops');
  });
});

it('no function logs a secret, a token, a reply URL, a role or its external ID', async () => {
  const secrets = [...(await secretsOf(world, events)), EXTERNAL_ID, 'arn:aws:iam'];
  expect(secrets.length).toBeGreaterThan(20);
  const log = world.lines.join('\n');
  for (const event of ['message.parsed', 'AssumeRole: AccessDenied']) expect(log).toContain(event);
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
