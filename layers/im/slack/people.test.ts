import { against } from '../against.fixture';
import { slackBot } from './bot';

const SECRETS = { botToken: 'xoxb-111111111111', signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' };

const lookUp = (answer: object) =>
  against(
    (_, response) => void response.end(JSON.stringify(answer)),
    async (runtime) => slackBot.open(SECRETS, runtime).findUser?.({ email: 'li@a.example' }),
  );

it.each([
  [
    { id: 'U1', profile: { display_name: '小李' }, real_name: '李雷' },
    { id: 'U1', name: '小李' },
  ],
  [
    { id: 'U1', profile: { display_name: '' }, real_name: '李雷' },
    { id: 'U1', name: '李雷' },
  ],
  [{ id: 'U1' }, { id: 'U1' }],
  [{ id: 'U1', deleted: true, real_name: '李雷' }, undefined],
  [{}, undefined],
])('reads %j', async (user, person) => {
  expect(await lookUp({ ok: true, user })).toEqual(person);
});

it('tells nobody there from not being allowed to ask', async () => {
  expect(await lookUp({ ok: false, error: 'users_not_found' })).toBeUndefined();
  const refused = { ok: false, error: 'missing_scope', needed: 'users:read.email', provided: 'chat:write' };
  await expect(lookUp(refused)).rejects.toThrow(/needed: users:read.email/);
});
