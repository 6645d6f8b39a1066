import { wordsOf } from '../../local/performance/stage';
import { killAt, type Step } from './kill.fixture';
import { type CaseWorld, openCaseWorld, PLATFORMS, textForm } from './world.fixture';

const PUT = /^dynamodb\.PutItem$/;
const SENT = /sendBySession$|groupMessages\/send$|oToMessages\/batchSend$|POST .*\/im\/v1\/messages|chat\.postMessage$/;

/** The steps of telling what AWS has answered, right after which the worker dies. */
const STEPS: readonly Pick<Step, 'what' | 'call' | 'nth'>[] = [
  { what: 'it was written down who tells', call: PUT, nth: 1 },
  { what: 'it was written down what is told', call: PUT, nth: 2 },
  { what: 'the chat had accepted it', call: SENT, nth: 1 },
  { what: 'it was written down as told', call: PUT, nth: 3 },
];
const ROUNDS = STEPS.flatMap((step) => PLATFORMS.map((platform) => ({ ...step, platform })));
type Round = (typeof ROUNDS)[number];

const answerOf = ({ platform, what }: Round): string => `答复 ${platform}: ${what}.`;

let world: CaseWorld;

beforeAll(async () => {
  world = await openCaseWorld();
  for (const platform of PLATFORMS) {
    const person = world.person(platform);
    await person.say(textForm(platform));
    await person.press('提交');
  }
  for (const step of STEPS) await Promise.all(ROUNDS.filter(({ what }) => what === step.what).map(dieOver));
}, 240_000);
afterAll(() => world.close());

/** AWS answers, the worker dies, and whoever comes next has all the time he needs. */
async function dieOver(round: Round): Promise<void> {
  await inTurn(() =>
    killAt(round, world, async () => {
      const [found] = world.cases(round.platform);
      world.aws.support.engineer.answer(found?.displayId ?? '', answerOf(round));
    }),
  );
  await world.stack.idle(60_000);
}

let last: Promise<unknown> = Promise.resolve();
function inTurn(act: () => Promise<unknown>): Promise<unknown> {
  last = last.then(act);
  return last;
}

describe.each(ROUNDS)('killed on $platform right after $what', (round) => {
  it('tells it all the same, twice only where the platform knows no key', () => {
    const posts = world.workplace(round.platform).talks.flatMap((talk) => talk.posts);
    const told = [...new Set(posts)].filter((post) => wordsOf(post).includes(answerOf(round)));
    const again = round.platform === 'dingtalk' && round.what === 'the chat had accepted it';
    expect(told).toHaveLength(again ? 2 : 1);
  });
});
