import type { EngineerCase } from '../aws/support/engineer';
import type { Manner } from './manners';
import { DESCRIPTION, REPLY } from './script';
import { casesOf, type Stage, wordsOf } from './stage';

/** What is not as it should be once the script has been played: at AWS, and in the chat. */
export function faultsOf(stage: Stage, manner: Manner): string[] {
  const [found, ...others] = casesOf(stage);
  if (!found) return ['AWS Support has no such case'];
  const body = found.communications[0]?.body ?? '';
  const replies = repliesTo(found);
  const claims: readonly (readonly [boolean, string])[] = [
    [others.length === 0, `AWS Support has ${others.length + 1} cases instead of one`],
    [body.startsWith(DESCRIPTION), 'the case does not hold the description'],
    [/-- .+ \(.+, via Casebell\) \[CB-\w+\]$/.test(body), 'the case does not say who asked, from where'],
    [body.includes(stage.person.name), `the case does not say that ${stage.person.name} asked`],
    [replies === 1, `the reply arrived ${replies} times`],
    [found.status === 'resolved', `the case is ${found.status}`],
    ...claimsOnPlace(stage, manner, found.displayId),
    ...claimsOnPlatform(stage),
  ];
  return claims.flatMap(([holds, otherwise]) => (holds ? [] : [otherwise]));
}

/** How often the person's reply is in the case. */
export const repliesTo = ({ communications }: EngineerCase): number =>
  communications.filter(({ body }) => body.startsWith(REPLY)).length;

function claimsOnPlace(stage: Stage, { home, forms }: Manner, displayId: string) {
  if (!forms) return [];
  const id = home(stage);
  const place = stage.workplace.conversations.find((talk) => talk.id === id);
  const isMember = place?.members.includes(stage.person.id) === true;
  const hasLink =
    stage.workplace.platform !== 'feishu' || place?.tabs.some(({ url }) => url.includes(displayId)) === true;
  const first = place?.posts[0];
  return [
    [place !== undefined, 'the case has no place of its own'],
    [isMember, `${stage.person.name} is not in the case's place`],
    [hasLink, 'no tab links to the case'],
    [first !== undefined && wordsOf(first).includes(displayId), "the case's card is not what its place begins with"],
  ] as const;
}

function claimsOnPlatform({ workplace: { deliveries, rejections } }: Stage) {
  // To be told to wait is no refusal: the bot waits.
  const refused = rejections.filter(({ status }) => status !== 429);
  const late = deliveries.filter(({ status }) => status !== 200).length;
  return [
    [late === 0, `${late} callbacks were not answered in time`],
    [refused.length === 0, `the platform refused ${refused.map(({ path }) => path).join(' ')}`],
  ] as const;
}
