import { textOf } from '../../local/demo/context';
import { type CaseWorld, openCaseWorld, PLATFORMS, textForm } from '../case-bot/world.fixture';
import { killAt, type Step } from './kill.fixture';

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

const subjectOf = ({ platform, what }: Round): string => `${platform}: ${what}`;
const answerOf = (round: Round): string => `答复 ${subjectOf(round)}.`;

let runtime: CaseWorld;

beforeAll(async () => {
  runtime = await openCaseWorld();
  await Promise.all(PLATFORMS.map((platform) => file(ROUNDS.filter((round) => round.platform === platform))));
  for (const round of ROUNDS) await dieOver(round);
  // Whoever comes next has all the time he needs.
  await runtime.stack.idle(60_000);
}, 240_000);
afterAll(() => runtime.close());

/** A case for each round: while one waits for whoever comes next, the others go on. */
async function file(rounds: readonly Round[]): Promise<void> {
  for (const round of rounds) {
    const person = runtime.person(round.platform);
    await person.say(textForm(subjectOf(round)));
    await person.press('提交');
  }
}

/** AWS answers, and the worker dies. */
const dieOver = (round: Round): Promise<void> =>
  killAt(round, runtime, async () => {
    const [found] = runtime.cases(subjectOf(round));
    runtime.aws.support.engineer.answer(found?.displayId ?? '', answerOf(round));
  });

describe.each(ROUNDS)('killed on $platform right after $what', (round) => {
  it('tells it all the same, twice only where the platform knows no key', () => {
    const posts = runtime.workplace(round.platform).conversations.flatMap((talk) => talk.posts);
    const told = [...new Set(posts)].filter((post) => textOf(post).includes(answerOf(round)));
    const again = round.platform === 'dingtalk' && round.what === 'the chat had accepted it';
    expect(told).toHaveLength(again ? 2 : 1);
  });
});
