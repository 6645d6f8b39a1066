import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from '../../application';
import type { Post, User, Workspace } from '../../chat/workspace';
import { textOf } from '../../demo/context';

/** Long enough for a worker that starts cold on a busy machine. */
const MOST_WAITS = 1_500;

const FORM = `提工单
subject:transfer
body:of a file
serviceCode:aws-lambda
categoryCode:other
severityCode:low`;

/** A case that somebody on Slack has opened, and the thread it lives in. */
export async function openSlackCase({ chats, stack }: Application): Promise<SlackCase> {
  const workplace = chats.workspaces.find(({ platform }) => platform === 'slack');
  const [room] = workplace?.conversations ?? [];
  const [person] = workplace?.users ?? [];
  if (!workplace || !room || !person) throw new Error('Nobody works on Slack.');
  await workplace.say(person.id, room.id, FORM, { mention: true });
  await until(() => room.posts.some((post) => textOf(post).includes('提交')));
  await workplace.press(person.id, room.id, '提交');
  const isCard = ({ by, view }: Post) => by === 'bot' && /^工单 \d+ · transfer/.test(view.title);
  await until(() => room.posts.some(isCard));
  await stack.idle(20_000);
  return { workplace, person, thread: room.posts.find(isCard)?.id ?? room.id };
}

export interface SlackCase {
  workplace: Workspace;
  person: User;
  thread: string;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waits = 0; !isSo(); waits += 1) {
    if (waits > MOST_WAITS) throw new Error('The bot did not answer.');
    await sleep(20);
  }
}
