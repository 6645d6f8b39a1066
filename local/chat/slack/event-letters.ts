import type { Json } from '../json';
import type { User } from '../workspace';
import type { Saying } from './archive';
import { APP, BOT, BOT_ID, CHANNEL, OTHER_TEAM, TEAM, teamOf } from './organisation';
import type { Letter } from './postman';
import type { Stamp } from './stamp';

/** A message of a person, or of the bot itself, as the Events API tells it. */
export function messageEvent(saying: Saying, author: User | undefined, stamp: Stamp): Letter {
  const event = { type: 'message', ...eventOf(saying, author), channel_type: isDirect(saying) ? 'im' : 'channel' };
  return envelope(event, author && isShared(saying) ? teamOf(author) : TEAM, saying, stamp);
}

/** In a shared channel this one names the author's workspace otherwise: so the payloads that bolt-python is tested with. */
export function mentionEvent(saying: Saying, author: User, stamp: Stamp): Letter {
  const other = author.external && {
    user_team: OTHER_TEAM,
    source_team: OTHER_TEAM,
    user_profile: { team: OTHER_TEAM },
  };
  const event = { type: 'app_mention', ...eventOf(saying, author), team: TEAM, ...other };
  return envelope(event, TEAM, saying, stamp);
}

/** A message of the bot that shows something else now. */
export function changedEvent(saying: Saying, stamp: Stamp): Letter {
  const { ts, channel } = saying;
  const { channel: _, ...shown } = eventOf(saying, undefined);
  const at = { channel, ts: `${ts}1`, event_ts: `${ts}1` };
  const message = { type: 'message', ...shown };
  return envelope({ type: 'message', subtype: 'message_changed', hidden: true, message, ...at }, TEAM, saying, stamp);
}

const PROFILE = { bot_id: BOT_ID, app_id: APP, bot_profile: { id: BOT_ID, app_id: APP, team_id: TEAM } };

function eventOf({ ts, thread, channel, payload }: Saying, author: User | undefined): Json {
  const files = payload.files;
  // Where a file is shared `team` may be missing (slack-api-specs#62); in shared channels it was seen.
  const isNamed = !files || channel === CHANNEL;
  // With a file, senders report the user, the bot or both; here it is what is the least like a bot.
  const bot = { user: BOT, team: TEAM, ...(!files && PROFILE) };
  const person = author && { user: author.id, ...(isNamed && { team: teamOf(author) }) };
  return {
    ...(person ?? bot),
    text: payload.text ?? '',
    ts,
    ...(payload.blocks !== undefined && { blocks: payload.blocks }),
    ...(files !== undefined && { files, subtype: 'file_share', upload: false }),
    ...(thread && { thread_ts: thread }),
    channel,
    event_ts: ts,
  };
}

function envelope(event: Json, team: string, saying: Saying, { number, now }: Stamp): Letter {
  const body = {
    token: 'deprecated',
    team_id: team,
    ...(team !== TEAM && { context_team_id: TEAM }),
    api_app_id: APP,
    event,
    type: 'event_callback',
    event_id: `Ev${String(number).padStart(9, '0')}`,
    event_time: Math.floor(now / 1000),
    authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: BOT, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: isShared(saying),
  };
  return { body: JSON.stringify(body), type: 'application/json', isEvent: true };
}

/** The channel is shared with the organisation of whoever is `external` in it. */
function isShared({ channel }: Saying): boolean {
  return channel === CHANNEL;
}

function isDirect({ channel }: Saying): boolean {
  return channel.startsWith('D');
}
