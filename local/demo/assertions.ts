import { type Context, caseConversationOf, casesOf, type SupportCase, textOf } from './context';
import { DESCRIPTION, REPLY } from './steps';

/** A condition that must hold, and the failure if it does not. */
export type Assertion = readonly [holds: boolean, failure: string];

export const failuresOf = (assertions: readonly Assertion[]): string[] =>
  assertions.flatMap(([holds, failure]) => (holds ? [] : [failure]));

/** What is wrong after the steps of a case: at AWS, and in the chat. */
export function caseFailures(context: Context): string[] {
  const [found, ...others] = casesOf(context);
  if (!found) return ['AWS Support has no such case'];
  const body = found.communications[0]?.body ?? '';
  const replies = repliesTo(found);
  const { name } = context.user;
  return failuresOf([
    [others.length === 0, `AWS Support has ${others.length + 1} cases instead of one`],
    [body.startsWith(DESCRIPTION), 'the case does not contain the description'],
    [/-- .+ \(.+, via Casebell\) \[CB-\w+\]$/.test(body), 'the case does not name its author and origin'],
    [body.includes(name), `the case does not name ${name}`],
    [replies === 1, `the reply arrived ${replies} times`],
    [found.status === 'resolved', `the case is ${found.status}`],
    ...conversationAssertions(context, found.displayId),
    ...platformAssertions(context),
  ]);
}

/** How often the user's reply is in the case. */
export const repliesTo = ({ communications }: SupportCase): number =>
  communications.filter(({ body }) => body.startsWith(REPLY)).length;

function conversationAssertions(context: Context, displayId: string): Assertion[] {
  const { workspace, user, traits } = context;
  if (!traits.caseConversation) return [];
  const id = caseConversationOf(context);
  const conversation = workspace.conversations.find((each) => each.id === id);
  const hasLink = conversation?.tabs.some(({ url }) => url.includes(displayId)) === true;
  const first = conversation?.posts[0];
  return [
    [conversation !== undefined, 'the case has no conversation'],
    [conversation?.members.includes(user.id) === true, `${user.name} is not in the case's conversation`],
    [traits.caseConversation === 'thread' || hasLink, 'no tab links to the case'],
    [first !== undefined && textOf(first).includes(displayId), "the case's card is not the first post"],
  ];
}

function platformAssertions({ workspace: { deliveries, rejections } }: Context): Assertion[] {
  // The bot waits and retries after a 429.
  const rejected = rejections.filter(({ status }) => status !== 429);
  const failed = deliveries.filter(({ status }) => status !== 200).length;
  return [
    [failed === 0, `${failed} callbacks were not answered in time`],
    [rejected.length === 0, `the platform rejected ${rejected.map(({ path }) => path).join(' ')}`],
  ];
}
