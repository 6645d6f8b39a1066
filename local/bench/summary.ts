import { findViolation } from '@casebell/im/webhooks';
import { openWorkshop, type Workshop } from '../preview/workshop';
import type { Figure } from './figure';
import { added } from './summary/added';
import { HELD_OUT, verdictOnHeldOut } from './summary/held-out';
import { OF_PEOPLE, verdictOn } from './summary/of-people';
import { originalOf } from './summary/originals';
import type { Output } from './summary/output';
import { OUTPUTS } from './summary/outputs';

/**
 * The guard over recorded outputs, of notices, letters and drafts: what passed and what was caught, by reason; the same over outputs whose
 * author had not run it on them; then what a model that is slow, hangs or fails adds to the time from an event to the chats.
 */
export async function summary(): Promise<Figure[]> {
  const workshop = await openWorkshop({ language: 'zh-CN', timeZone: 'Asia/Shanghai', plugins: [] });
  const judged = [
    ...OUTPUTS.map((output) => ({ ...output, of: output.event, objection: judge(output, workshop) ?? 'good' })),
    ...OF_PEOPLE.map((made) => ({ ...made, objection: verdictOn(made) })),
  ];
  const heldOut = HELD_OUT.map((output) => ({
    ...output,
    objection: verdictOnHeldOut(output, (event, language) => originalIn(event, language, workshop)),
  }));
  return [
    ...figuresOf('', judged),
    ...reasons(judged).map(([reason, count]) => figure(`  caught for its ${reason}`, count)),
    ...figuresOf(
      'held-out ',
      heldOut.filter(({ beyond }) => !beyond),
    ),
    ...beyondOf(heldOut.filter(({ beyond }) => beyond)),
    ...(await added()),
  ];
}

const originalIn = (event: string, language: Output['language'], { formatters, log }: Workshop) =>
  originalOf(event, language, formatters, log);
const judge = ({ event, language, text }: Output, workshop: Workshop) =>
  findViolation(text, originalIn(event, language, workshop));

interface Judged {
  verdict: string;
  objection: string;
  of: string;
  text: string;
}

const figure = (name: string, value: number, goal?: Figure['goal']): Figure => ({
  ...{ bench: 'summary', figure: name, value, unit: 'outputs' },
  ...(goal && { goal }),
});

/** How many there are of both kinds, and how many of them the guard takes for the other; it names those. */
function figuresOf(name: string, judged: readonly Judged[]): Figure[] {
  const [good = [], bad = []] = [true, false].map((isGood) =>
    judged.filter(({ verdict }) => (verdict === 'good') === isGood),
  );
  const passed = bad.filter(({ objection }) => objection === 'good');
  const caught = good.filter(({ objection }) => objection !== 'good');
  for (const { of, text, objection } of [...passed, ...caught])
    process.stderr.write(`${objection}: ${of}: ${text.slice(0, 80)}\n`);
  return [
    figure(`${name}good ones`, good.length, { atLeast: 20 }),
    figure(`${name}good ones that were caught`, caught.length, { atMost: 0 }),
    figure(`${name}bad ones`, bad.length, { atLeast: 35 }),
    figure(`${name}bad ones that passed`, passed.length, { atMost: 0 }),
  ];
}

/** What the guard cannot tell, and is known not to. */
const beyondOf = (judged: readonly Judged[]): Figure[] => [
  figure('bad ones beyond the guard', judged.filter(({ verdict }) => verdict === 'bad').length),
  figure('good ones beyond the guard', judged.filter(({ verdict }) => verdict === 'good').length),
];

function reasons(judged: readonly { objection: string }[]): [reason: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { objection } of judged) if (objection !== 'good') counts.set(objection, (counts.get(objection) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
