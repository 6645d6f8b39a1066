import { type CaseWorld, homeOf, openCaseWorld, PLATFORMS, textForm } from './world.fixture';

let runtime: CaseWorld;
beforeAll(async () => {
  runtime = await openCaseWorld();
});
afterAll(() => runtime.close());

const full = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000');

/** Files a case; gives its number. */
async function file(platform: (typeof PLATFORMS)[number], subject: string): Promise<string> {
  const person = runtime.person(platform);
  await person.say(textForm(subject));
  await person.press('提交');
  return runtime.cases(subject)[0]?.displayId ?? 'no case';
}

describe.each(PLATFORMS)('on %s', (platform) => {
  it('understands what is typed full-width', async () => {
    const person = runtime.person(platform);
    expect(await person.say(full('查找ServiceCode:EC2'))).toContain('amazon-elastic-compute-cloud-linux');
    expect(await person.say(textForm(`全角 ${platform}`).replaceAll(':', '：'))).toContain('请核对后提交');
    await person.press('提交');
    const number = runtime.cases(`全角 ${platform}`)[0]?.displayId ?? 'no case';
    expect(await person.say(full(`回复 ${number}: ok`))).toContain(`已回复到工单 ${number}`);
    expect(runtime.cases(`全角 ${platform}`)[0]?.communications.at(-1)?.body).toMatch(/^ｏｋ\n/);
  });

  it('does not hear a stranger, and the log says why', async () => {
    const stranger = runtime.person(platform, 3);
    const had = runtime.lines.length;
    expect(await stranger.say('帮助')).toBe('');
    expect(runtime.lines.slice(had).join('\n')).toMatch(/callback\.ignored.*"reason":"[^"]+/);
  });

  it('keeps quiet in a group unless it is called', async () => {
    expect(await runtime.person(platform).say('帮助', { mention: false })).toBe('');
  });

  it('asks for each field that AWS does not know, and files nothing', async () => {
    const wrong = { serviceCode: 'mainframe', severityCode: 'panic', cc: 'nobody' };
    const answer = await runtime.person(platform).say(textForm(`错码 ${platform}`, wrong));
    for (const words of ['没有“mainframe”', '没有“panic”', '“nobody”不是邮箱地址']) expect(answer).toContain(words);
    expect(runtime.cases(`错码 ${platform}`)).toEqual([]);
  });

  it('files a description of 8,001 characters whole, as the case and a reply, and says so first', async () => {
    const person = runtime.person(platform);
    const long = '磁盘满了'.repeat(2_001).slice(0, 8_001);
    expect(await person.say(textForm(`长文 ${platform}`, { body: long }))).toContain('拆成工单正文和 1 条后续回复');
    await person.press('提交');
    const [only, ...others] = runtime.cases(`长文 ${platform}`);
    const bodies = only?.communications.map(({ body }) => body) ?? [];
    expect([others.length, bodies.length]).toEqual([0, 2]);
    expect(bodies.map((body) => body.slice(0, body.lastIndexOf('\n\n--'))).join('')).toBe(long);
    for (const body of bodies) expect(body).toMatch(/\[CB-\w+\] \(\d\/2\)$/);
  });
});

describe.each(['feishu', 'slack'] as const)("in a case's own place on %s", (platform) => {
  it('takes for a reply what is no command, whether the bot is called or not', async () => {
    const subject = `回复 ${platform}`;
    const number = await file(platform, subject);
    const talk = homeOf(runtime.workplace(platform), number);
    const person = runtime.person(platform);
    for (const mention of [true, false]) {
      expect(await person.say(`又出现了 ${mention}`, { talk, mention })).toContain(`已回复到工单 ${number}`);
      expect(await person.say('工单', { talk, mention })).toContain(`又出现了 ${mention}`);
    }
    expect(runtime.cases(subject)[0]?.communications).toHaveLength(3);
  });

  it('says that a reply reopens a case', async () => {
    const subject = `重开 ${platform}`;
    const number = await file(platform, subject);
    const talk = homeOf(runtime.workplace(platform), number);
    const person = runtime.person(platform);
    await person.say('关闭工单', { talk, mention: false });
    expect(await person.press('确认关闭', talk)).toContain('工单已关闭');
    expect(await person.say('还没好', { talk, mention: false })).toContain('重新打开');
    expect(runtime.cases(subject)[0]?.status).toBe('reopened');
  });
});

it('takes no reply from a stranger who is in the channel of a thread', async () => {
  const number = await file('slack', '外人');
  const talk = homeOf(runtime.workplace('slack'), number);
  expect(await runtime.person('slack', 3).say('我也遇到了', { talk, mention: false })).toBe('');
  expect(runtime.cases('外人')[0]?.communications).toHaveLength(1);
});

it('answers in a direct chat without being called', async () => {
  for (const platform of PLATFORMS) {
    const { id } = runtime.person(platform);
    const direct = runtime
      .workplace(platform)
      .conversations.find(({ kind, members }) => kind === 'direct' && members.includes(id));
    expect(await runtime.person(platform).say('帮助', { talk: direct?.id, mention: false })).toContain('可以这样使用');
  }
});
