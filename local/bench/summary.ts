import { objectionTo } from '@casebell/im';
import { openWorkshop, type Workshop } from '../preview/workshop';
import type { Figure } from './figure';
import { added } from './summary/added';
import { OF_PEOPLE, verdictOn } from './summary/of-people';
import { originalOf } from './summary/originals';
import type { Output } from './summary/output';
import { OUTPUTS } from './summary/outputs';

/**
 * The guard over recorded outputs, of notices, letters and drafts: what passed and what was caught, by language and reason; then what a model that is slow, hangs or
 * fails adds to the time from an event to the chats.
 */
export async function summary(): Promise<Figure[]> {
  const workshop = await openWorkshop({ language: 'zh-CN', timeZone: 'Asia/Shanghai', plugins: [] });
  const judged = [
    ...OUTPUTS.map((output) => ({ ...output, of: output.event, objection: judge(output, workshop) ?? 'good' })),
    ...OF_PEOPLE.map((made) => ({ ...made, objection: verdictOn(made) })),
  ];
  const [good, bad] = [true, false].map((isGood) => judged.filter(({ verdict }) => (verdict === 'good') === isGood));
  const figure = (name: string, value: number, goal?: Figure['goal']): Figure => ({
    ...{ bench: 'summary', figure: name, value, unit: 'outputs' },
    ...(goal && { goal }),
  });
  const wrong = bad?.filter(({ objection }) => objection === 'good') ?? [];
  const caught = good?.filter(({ objection }) => objection !== 'good') ?? [];
  for (const { of, text, objection } of [...wrong, ...caught])
    process.stderr.write(`${objection}: ${of}: ${text.slice(0, 80)}\n`);
  return [
    figure('good ones', good?.length ?? 0, { atLeast: 20 }),
    figure('good ones that were caught', caught.length, { atMost: 0 }),
    figure('bad ones', bad?.length ?? 0, { atLeast: 35 }),
    figure('bad ones that passed', wrong.length, { atMost: 0 }),
    ...reasons(judged).map(([reason, count]) => figure(`  caught for its ${reason}`, count)),
    ...(await added()),
  ];
}

const judge = ({ event, language, text }: Output, { formatters, log }: Workshop) =>
  objectionTo(text, originalOf(event, language, formatters, log));

function reasons(judged: readonly { objection: string }[]): [reason: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { objection } of judged) if (objection !== 'good') counts.set(objection, (counts.get(objection) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
