import { poll } from '../updates/poll';
import { type FiledCases, openFiledCases } from './filed-case.fixture';

let at: FiledCases;
beforeEach(async () => {
  at = await openFiledCases();
});
afterEach(() => at.close());

const engineer = () => at.aws.support.engineer;

it('does not echo what was typed where the case lives, and tells what was written elsewhere', async () => {
  const { id, group } = await at.filed();
  await at.say('我们重启过了', { conversation: { id: group, kind: 'group' } });
  await at.say(`回复 ${id} 从别的群回复`);
  await at.desk.addCommunication(engineer().cases()[0]?.caseId ?? '', '控制台里写的');
  at.spoken.length = 0;
  await poll(at.bureau);
  expect(at.quotes().map((quote) => quote?.split('\n')[0])).toEqual(
    expect.arrayContaining(['从别的群回复', '控制台里写的']),
  );
  expect(at.quotes()).toHaveLength(2);
});
it('tells an answer of AWS that quotes what it answers to, with the reference and the mark in it', async () => {
  const { id, group } = await at.filed();
  await at.say('我们重启过了', { conversation: { id: group, kind: 'group' } });
  at.clock.now += 1_000;
  const own =
    engineer()
      .cases()[0]
      ?.communications.map(({ body }) => body) ?? [];
  for (const body of own) engineer().answer(id, `请看\n\n> ${body}`);
  await at.desk.addCommunication(engineer().cases()[0]?.caseId ?? '', `邮件回复\n\n${own[0]}\n> 引用`);
  at.spoken.length = 0;
  await poll(at.bureau);
  expect(own).toHaveLength(2);
  expect(at.quotes()).toHaveLength(3);
});
