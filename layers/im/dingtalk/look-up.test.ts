import { play } from './script.fixture';

it.each([[{ errcode: 60121, errmsg: '找不到该用户' }], [{ errcode: 40104 }], [{ errcode: 0, result: {} }]])(
  'finds nobody in %j',
  async (body) => {
    const found = play({ '/topapi/v2/user/getbymobile': [{ body }] }, async (app) =>
      expect(await app.findUser?.({ mobile: '138' })).toBeUndefined(),
    );
    await expect(found).resolves.toMatchObject({ error: undefined });
  },
);

it.each([
  [
    { errcode: 88, sub_code: '60011', sub_msg: '没有调用该接口的权限' },
    /qyapi_get_member_by_mobile/,
    { retryable: false },
  ],
  [{ errcode: 90018, errmsg: 'x' }, /in a second/, { retryable: true, throttled: true, retryAfterSeconds: 1 }],
  [{ errcode: 90020 }, /quota/, { retryable: false }],
  [{ errcode: 50002 }, /range of contacts/, { retryable: false }],
  [{ errcode: 400002 }, /mobile number/, { retryable: false }],
  [{ status: 1111, punish: 'deny' }, /blocked/, { retryable: true, retryAfterSeconds: 300 }],
  ['<html>', /not one of this platform/, { retryable: true }],
])('does not take %j for somebody', async (body, reason, facts) => {
  const { error } = await play({ '/topapi/v2/user/getbymobile': [{ body }] }, async (app) =>
    app.findUser?.({ mobile: '138' }),
  );
  expect(error).toMatchObject({ message: expect.stringMatching(reason), ...facts });
});

it('asks nobody for an e-mail address', async () => {
  const { paths } = await play({}, async (app) =>
    expect(await app.findUser?.({ email: 'a@b.example' })).toBeUndefined(),
  );
  expect(paths).toEqual([]);
});
