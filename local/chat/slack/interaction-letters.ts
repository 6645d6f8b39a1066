import type { Json } from '../json';
import type { User } from '../workspace';
import type { Saying } from './archive';
import type { Pressable } from './controls';
import { APP, BOT, BOT_ID, CHANNEL_NAME, COMMAND, handleOf, TEAM, TEAM_DOMAIN, teamOf } from './organisation';
import type { Letter } from './postman';
import { type Stamp, triggerOf } from './stamp';

/** A slash command: "Implementing slash commands" of docs.slack.dev. */
export function slashCommand(text: string, channel: string, author: User, url: string, stamp: Stamp): Letter {
  const form = new URLSearchParams({
    token: 'deprecated',
    team_id: TEAM,
    team_domain: TEAM_DOMAIN,
    channel_id: channel,
    channel_name: channel.startsWith('D') ? 'directmessage' : CHANNEL_NAME,
    user_id: author.id,
    user_name: handleOf(author),
    command: COMMAND,
    text,
    api_app_id: APP,
    is_enterprise_install: 'false',
    response_url: url,
    trigger_id: triggerOf(stamp),
  });
  return { body: form.toString(), type: 'application/x-www-form-urlencoded', isEvent: false };
}

/** A press of a button in a message of the bot, with the state of what can be filled in beside it. */
export function blockActions(
  { ts, thread, channel, payload }: Saying,
  { block, element, attachment }: Pressable,
  author: User,
  { state, url, hasReplies }: { state: Json; url: string; hasReplies: boolean },
  stamp: Stamp,
): Letter {
  const root = thread ?? (hasReplies ? ts : undefined);
  const inThread = root && { thread_ts: root };
  const place = { message_ts: ts, channel_id: channel, is_ephemeral: false, ...inThread };
  const container = attachment
    ? { type: 'message_attachment', attachment_id: attachment, ...place, is_app_unfurl: false }
    : { type: 'message', ...place };
  const { metadata: _, ...shown } = payload;
  const body = {
    type: 'block_actions',
    user: { id: author.id, username: handleOf(author), name: handleOf(author), team_id: teamOf(author) },
    api_app_id: APP,
    token: 'deprecated',
    container,
    trigger_id: triggerOf(stamp),
    team: { id: TEAM, domain: TEAM_DOMAIN },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: channel, name: channel.startsWith('D') ? 'directmessage' : CHANNEL_NAME },
    message: { ...shown, type: 'message', user: BOT, bot_id: BOT_ID, app_id: APP, team: TEAM, ts, ...inThread },
    state: { values: state },
    response_url: url,
    actions: [{ ...element, block_id: block.block_id, action_ts: `${Math.floor(stamp.now / 1000)}.000000` }],
  };
  const form = new URLSearchParams({ payload: JSON.stringify(body) });
  return { body: form.toString(), type: 'application/x-www-form-urlencoded', isEvent: false };
}
