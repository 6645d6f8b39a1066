import { createAskModel, type Model, type ModelResponse, type TokenBudget } from './ask-model';

const REQUEST = { system: 'Sum it up.', text: 'The disk is full.', maxTokens: 100 };
const RESPONSE: ModelResponse = { text: ' The disk is full. ', stopReason: 'end_turn', tokens: 30 };

let time: number;
beforeEach(() => {
  time = 1_000_000;
});
const accept = () => undefined;
const hang = () => new Promise<never>(() => undefined);
const create = (ask: Model['ask'], budget?: TokenBudget) => {
  const askModel = createAskModel({ model: { ask }, budget, now: () => time });
  return (limitMs = 60_000) => askModel(REQUEST, time + limitMs, accept);
};
const failing = (name: string) => () => Promise.reject(Object.assign(new Error('secret words'), { name }));

describe('askModel()', () => {
  it('returns the trimmed answer and its cost', async () => {
    expect(await create(async () => RESPONSE)()).toEqual({ answer: 'The disk is full.', ms: 0, tokens: 30 });
  });

  it.each([
    ['ThrottlingException', 'throttled'],
    ['AccessDeniedException', 'denied'],
    ['ResourceNotFoundException', 'unknown-model'],
    ['ValidationException', 'unknown-model'],
    ['ModelTimeoutException', 'timeout'],
    ['SyntaxError', 'malformed'],
    ['ECONNRESET', 'failed'],
  ])('maps the error %s to the reason %s', async (name, reason) => {
    expect(await create(failing(name))()).toMatchObject({ reason });
  });

  it.each([
    ['content_filtered', 'refused'],
    ['guardrail_intervened', 'refused'],
    ['max_tokens', 'cut-off'],
    ['tool_use', 'malformed'],
  ])('maps the stop reason %s to %s', async (stopReason, reason) => {
    expect(await create(async () => ({ ...RESPONSE, stopReason }))()).toMatchObject({ reason, tokens: 30 });
  });

  it('drops an answer that does not pass verification', async () => {
    const askModel = createAskModel({ model: { ask: async () => RESPONSE }, now: () => time });
    expect(await askModel(REQUEST, time + 1_000, () => 'number')).toEqual({ reason: 'number', ms: 0, tokens: 30 });
  });

  it('stops waiting at the time limit, also for a model that ignores its signal', async () => {
    expect(await create(hang)(20)).toMatchObject({ reason: 'timeout' });
  });

  it('does not ask when no time is left', async () => {
    const ask = jest.fn(async () => RESPONSE);
    expect(await create(ask)(0)).toMatchObject({ reason: 'timeout' });
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks at most three questions at a time', async () => {
    const releases: (() => void)[] = [];
    const ask = create(() => new Promise((resolve) => releases.push(() => resolve(RESPONSE))));
    const running = [ask(), ask(), ask()];
    expect(await ask()).toMatchObject({ reason: 'busy' });
    for (const release of releases) release();
    await Promise.all(running);
    const next = ask();
    releases.at(-1)?.();
    expect(await next).toMatchObject({ answer: 'The disk is full.' });
  });

  it('opens the circuit for a minute after three failures in a row', async () => {
    let works = false;
    const ask = create(() => (works ? Promise.resolve(RESPONSE) : failing('ThrottlingException')()));
    for (let times = 0; times < 3; times += 1) expect(await ask()).toMatchObject({ reason: 'throttled' });
    works = true;
    expect(await ask()).toMatchObject({ reason: 'circuit-open' });
    time += 60_000;
    expect(await ask()).toMatchObject({ answer: 'The disk is full.' });
  });
});

describe('the token budget', () => {
  const budgetOf = (dailyTokens: number) => {
    const budget = {
      used: 0,
      async reserve(tokens: number) {
        const fits = budget.used + tokens <= dailyTokens;
        budget.used += fits ? tokens : 0;
        return fits;
      },
      async adjust(tokens: number) {
        budget.used += tokens;
      },
    };
    return budget;
  };

  it('counts what was used, not what was reserved', async () => {
    const budget = budgetOf(1_000);
    await create(async () => RESPONSE, budget)();
    expect(budget.used).toBe(30);
  });

  it('is not exceeded by concurrent questions', async () => {
    const ask = create(async () => RESPONSE, budgetOf(250));
    const outcomes = await Promise.all([ask(), ask(), ask()]);
    expect(outcomes.filter((outcome) => 'reason' in outcome && outcome.reason === 'budget')).toHaveLength(1);
  });

  it('gets tokens back from a rejected question, not from one that timed out', async () => {
    const budget = budgetOf(1_000);
    await create(failing('AccessDeniedException'), budget)();
    expect(budget.used).toBe(0);
    await create(failing('AbortError'), budget)();
    expect(budget.used).toBeGreaterThan(100);
  });

  it('stops questions while it cannot be read, and in time', async () => {
    const ask = jest.fn(async () => RESPONSE);
    const broken = { ...budgetOf(1_000), reserve: () => Promise.reject(new Error('no table')) };
    expect(await create(ask, broken)()).toMatchObject({ reason: 'failed' });
    expect(await create(ask, { ...broken, reserve: hang })(20)).toMatchObject({ reason: 'timeout' });
    expect(ask).not.toHaveBeenCalled();
  });
});
