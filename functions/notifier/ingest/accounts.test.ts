import { testLocale } from '../../shared/locale.fixture';
import { recordingLog } from '../../shared/log.fixture';
import { EC2 } from '../envelopes.fixture';
import {
  type AccountDirectory,
  createAccountDirectory,
  eventAccount,
  parseAccountIds,
  parseAccountNames,
} from './accounts';

const PROD = '111122223333';
const DEV = '444455556666';

it('parseAccountNames() reads names by account id, and ignores wrong items', () => {
  const names = parseAccountNames(
    `${PROD}=prod, ${DEV} = 测试环境 ,123=short,${PROD}0=long,777788889999=,=x,,nonsense`,
  );
  expect([...names]).toEqual([
    [PROD, 'prod'],
    [DEV, '测试环境'],
  ]);
});

it('parseAccountNames() keeps a name short and in one line', () => {
  expect(parseAccountNames(`${PROD}=a\u2028b\tc\u0000`).get(PROD)).toBe('a b c');
  const long = parseAccountNames(`${PROD}=${'生产环境'.repeat(20)}`).get(PROD) ?? '';
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(40);
  expect(long).toMatch(/^生产环境.*…$/);
});

it('parseAccountIds() reads account ids', () => {
  expect([...parseAccountIds(` ${PROD} ,${DEV},,12,x`)]).toEqual([PROD, DEV]);
  expect(parseAccountIds('').size).toBe(0);
});

it('a locale shows an account with its name and its id, or by its id', () => {
  const locale = testLocale('en', parseAccountNames(`${PROD}=prod`));
  expect([PROD, DEV, '', 'constructor'].map(locale.account)).toEqual([`prod (${PROD})`, DEV, '', 'constructor']);
});

it.each([
  ['aws.health', { affectedAccount: DEV }, DEV],
  ['aws.guardduty', { accountId: DEV }, DEV],
  ['aws.guardduty', { resourceAccountId: DEV }, DEV],
  ['aws.health', { affectedAccount: 'unknown' }, PROD],
  ['aws.health', undefined, PROD],
  ['my.app', { accountId: DEV, affectedAccount: DEV }, PROD],
  ['constructor', {}, PROD],
])('eventAccount() finds the account of an event of %s with %j', (source, detail, whose) => {
  expect(eventAccount({ ...EC2, source, account: PROD, detail })).toBe(whose);
});

describe('the account directory', () => {
  const known: AccountDirectory['names'] = new Map([[PROD, 'of the case bot']]);
  const parameters = { names: 'stack-names', excluded: 'stack-excluded' };

  function opened(values: Record<string, string> | Error, which = parameters) {
    const log = recordingLog();
    const asked: (readonly string[])[] = [];
    const state = { now: 0, values };
    const accounts = createAccountDirectory({
      parameters: which,
      known,
      cacheMs: 1000,
      now: () => state.now,
      log,
      async read(names) {
        asked.push(names);
        if (state.values instanceof Error) throw state.values;
        return new Map(Object.entries(state.values));
      },
    });
    return { accounts, asked, log, state };
  }

  it('is read again after the cache time', async () => {
    const { accounts, asked, state } = opened({ 'stack-names': `${DEV}=dev`, 'stack-excluded': PROD });
    const first = await accounts();
    expect([...first.names.values()]).toEqual(['of the case bot', 'dev']);
    expect([...first.excluded]).toEqual([PROD]);
    await accounts();
    expect(asked).toEqual([['stack-names', 'stack-excluded']]);
    state.values = { 'stack-names': `${PROD}=prod` };
    state.now = 1000;
    expect([...(await accounts()).names.values()]).toEqual(['prod']);
  });

  it('reads nothing where no parameter is set', async () => {
    const { accounts, asked } = opened(new Error('asked'), { names: '', excluded: '' });
    expect(await accounts()).toEqual({ names: known, excluded: new Set() });
    expect(asked).toEqual([]);
  });

  it('excludes no account while it cannot be read, logs it, and retries', async () => {
    const { accounts, log, state } = opened(new Error('throttled'));
    expect(await accounts()).toEqual({ names: known, excluded: new Set() });
    expect(log.lines).toEqual([{ level: 'error', event: 'accounts.read_failed', reason: 'Error: throttled' }]);
    state.values = { 'stack-excluded': DEV };
    expect([...(await accounts()).excluded]).toEqual([DEV]);
  });
});
