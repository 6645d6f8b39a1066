import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LocalAws } from '../../local/aws/start-aws';
import { SECRETS as FEISHU } from '../../local/chat/feishu/office';
import { type CaseWorld, homeOf, openCaseWorld, PLATFORMS, textForm } from './world.fixture';

const PRODUCTION = '222233334444';
const SECRET_WORD = 'open-sesame-1';
const roleIn = (account: string): string => `arn:aws:iam::${account}:role/casebell-cases`;
/** What nobody in a chat should have to read. */
const RAW = /arn:|Exception|AccessDenied|\d{12}/;

/** A second bot on Feishu, for one account, one service and one severity, which speaks Chinese. */
const OPS = {
  ...{ accounts: ['production'], services: ['aws-lambda'], severities: ['low'], language: 'zh-CN' },
  ...{ caseLanguage: 'ja', admins: ['nobody'] },
};

let runtime: CaseWorld;

/** The role of production trusts the bot's account; that of the other account does not. */
async function prepare(aws: LocalAws): Promise<Record<string, string>> {
  aws.trust({ roleArn: roleIn(PRODUCTION), principal: aws.account, externalId: SECRET_WORD });
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
  runtime = await openCaseWorld({
    prepare,
    parameters: {
      Language: 'en',
      CaseRoleArns: [roleIn(PRODUCTION), roleIn('333344445555')].join(','),
      CaseAccountNames: 'production,closed',
      CaseExternalId: SECRET_WORD,
    },
  });
});
afterAll(() => runtime.close());

describe.each(PLATFORMS)('in English, on %s', (platform) => {
  it('understands both languages, and speaks one', async () => {
    const person = runtime.person(platform);
    for (const words of ['help', '帮助', 'what?']) {
      const answer = await person.say(words);
      expect(answer).toContain('Available commands');
      expect(answer).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('files a case, lists it, takes a reply and resolves it', async () => {
    const [person, subject] = [runtime.person(platform), `Disk full on ${platform}`];
    expect(await person.say(textForm(subject, { account: 'main', body: 'since 10:00' }))).toContain(
      'Check, then submit',
    );
    await person.press('Submit');
    const number = runtime.cases(subject)[0]?.displayId ?? 'no case';
    expect(await person.say('cases open')).toMatch(new RegExp(`${number}.*waiting for an engineer.*${subject}`, 's'));
    const home = homeOf(runtime.workplace(platform), number);
    const talk = platform === 'dingtalk' ? undefined : home;
    expect(await person.say(`reply ${number} still so`, { talk })).toContain(`Sent to case ${number}`);
    await person.say(`resolve ${number}`, { talk });
    expect(await person.press('Yes, resolve it', talk)).toContain('A later reply reopens it');
    expect(runtime.cases(subject)).toMatchObject([{ account: runtime.aws.account, status: 'resolved' }]);
  });

  it('files a case in another account by its role', async () => {
    const [person, subject] = [runtime.person(platform), `Production on ${platform}`];
    expect(await person.say(textForm(subject, { account: 'production' }))).toContain('production');
    await person.press('Submit');
    expect(runtime.cases(subject)).toMatchObject([{ account: PRODUCTION }]);
    const number = runtime.cases(subject)[0]?.displayId;
    expect(await person.say(`case ${number}`)).toContain(subject);
  });

  it('says of a role that it may not take on what an administrator should look at, and shows the other accounts', async () => {
    const person = runtime.person(platform);
    const answers = [await person.say(textForm('Closed', { account: 'closed' })), await person.say('cases')];
    for (const answer of answers) {
      expect(answer).toContain('may not take on its role');
      expect(answer).not.toMatch(RAW);
    }
    expect(answers[1]).toContain(`Production on ${platform}`);
  });
});

describe('a further bot, from a secret of its own', () => {
  beforeAll(async () => {
    const { outputs, localUrl } = runtime.stack;
    await runtime.workplace('feishu').subscribe(localUrl(`${outputs.CaseCallbackUrl}/feishu/ops`));
  });

  it('speaks its own language, and offers its own services and severities', async () => {
    const person = runtime.person('feishu');
    expect(await person.say('help')).toContain('可以这样使用');
    expect(await person.say('查找服务 EC2')).toContain('没有找到');
    expect(await person.say(textForm('急', { severityCode: 'high' }))).toContain('没有“high”');
  });

  it('files in its own account and case language, without being asked for either', async () => {
    const person = runtime.person('feishu');
    expect(await person.say(textForm('另一个机器人'))).toContain('日本語');
    await person.press('提交');
    expect(runtime.cases('另一个机器人')).toMatchObject([{ account: PRODUCTION }]);
  });

  it('knows nothing of the other accounts and their cases', async () => {
    const person = runtime.person('feishu');
    const [foreign] = runtime.cases('Disk full on feishu');
    expect(await person.say(`工单 ${foreign?.displayId}`)).toContain('没有工单');
    expect(await person.say('历史')).not.toContain('Disk full');
    expect(await person.say(textForm('越界', { account: 'main' }))).toContain('没有“main”');
  });

  it('has administrators of its own beside those of the stack', async () => {
    expect(await runtime.person('feishu', 1).say('检查配置')).toContain('只有管理员');
    expect(await runtime.person('feishu', 0).say('检查配置')).toContain('feishu/ops');
  });
});

it('writes neither a role nor the word that opens it into a log', () => {
  const log = runtime.lines.join('\n');
  expect(log).toContain('AssumeRole: AccessDenied');
  expect(log).not.toContain(SECRET_WORD);
  expect(log).not.toMatch(/arn:aws:iam/);
});
