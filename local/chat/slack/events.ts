import type { Json } from '../json';
import type { User } from '../workspace';
import type { Button } from './controls';
import * as organization from './organization';
import { APP, BOT, BOT_ID, CHANNEL, CHANNEL_NAME, OTHER_TEAM, TEAM, TEAM_DOMAIN, teamOf } from './organization';
import type { SlackMessage, Stamp } from './state';

/** One callback before it is signed. */
export interface SlackCallback {
  readonly body: string;
  readonly type: 'application/json' | 'application/x-www-form-urlencoded';
  /** Events are retried, commands and presses are not. */
  readonly isEvent: boolean;
}

/** A message of a person, or of the bot itself, in the Events API. */
export function messageEvent(message: SlackMessage, author: User | undefined, stamp: Stamp): SlackCallback {
  const isDirect = message.channel.startsWith('D');
  const event = { type: 'message', ...eventOf(message, author), channel_type: isDirect ? 'im' : 'channel' };
  return envelope(event, author && isShared(message) ? teamOf(author) : TEAM, message, stamp);
}

/** In a shared channel this event names the author's workspace differently: see bolt-python's test payloads. */
export function mentionEvent(message: SlackMessage, author: User, stamp: Stamp): SlackCallback {
  const other = author.external && {
    ...{ user_team: OTHER_TEAM, source_team: OTHER_TEAM },
    user_profile: { team: OTHER_TEAM },
  };
  const event = { type: 'app_mention', ...eventOf(message, author), team: TEAM, ...other };
  return envelope(event, TEAM, message, stamp);
}

/** An updated message of the bot. */
export function changedEvent(message: SlackMessage, stamp: Stamp): SlackCallback {
  const { ts, channel } = message;
  const { channel: _, ...content } = eventOf(message, undefined);
  const place = { channel, ts: `${ts}1`, event_ts: `${ts}1` };
  const event = { type: 'message', subtype: 'message_changed', hidden: true, message: { type: 'message', ...content } };
  return envelope({ ...event, ...place }, TEAM, message, stamp);
}

const PROFILE = { bot_id: BOT_ID, app_id: APP, bot_profile: { id: BOT_ID, app_id: APP, team_id: TEAM } };

function eventOf({ ts, thread, channel, payload }: SlackMessage, author: User | undefined): Json {
  const { files } = payload;
  // With a file `team` may be absent (slack-api-specs#62); in shared channels it is there.
  const hasTeam = !files || channel === CHANNEL;
  // With a file, senders report the user, the bot or both; here it looks the least like a bot.
  const bot = { user: BOT, team: TEAM, ...(!files && PROFILE) };
  const person = author && { user: author.id, ...(hasTeam && { team: teamOf(author) }) };
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

function envelope(event: Json, team: string, message: SlackMessage, { number, now }: Stamp): SlackCallback {
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
    is_ext_shared_channel: isShared(message),
  };
  return { body: JSON.stringify(body), type: 'application/json', isEvent: true };
}

/** The channel is shared with the organization of its external users. */
function isShared({ channel }: SlackMessage): boolean {
  return channel === CHANNEL;
}

/** A slash command: "Implementing slash commands" of docs.slack.dev. */
export function slashCommand(
  text: string,
  { channel, author, responseUrl }: { channel: string; author: User; responseUrl: string },
  stamp: Stamp,
): SlackCallback {
  const form = {
    token: 'deprecated',
    team_id: TEAM,
    team_domain: TEAM_DOMAIN,
    channel_id: channel,
    channel_name: channelName(channel),
    user_id: author.id,
    user_name: organization.handleOf(author),
    command: organization.COMMAND,
    text,
    api_app_id: APP,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: triggerId(stamp),
  };
  return formCallback(form);
}

export interface Press {
  readonly author: User;
  /** Of the message's inputs. */
  readonly state: Json;
  readonly responseUrl: string;
  /** Whether the message has a thread. */
  readonly hasReplies: boolean;
}

/** A press of a button in a message of the bot. */
export function blockActions(
  { ts, thread, channel, payload }: SlackMessage,
  { block, element, attachment }: Button,
  { author, state, responseUrl, hasReplies }: Press,
  stamp: Stamp,
): SlackCallback {
  const root = thread ?? (hasReplies ? ts : undefined);
  const inThread = root && { thread_ts: root };
  const place = { message_ts: ts, channel_id: channel, is_ephemeral: false, ...inThread };
  const container = attachment
    ? { type: 'message_attachment', attachment_id: attachment, ...place, is_app_unfurl: false }
    : { type: 'message', ...place };
  const { metadata: _, ...content } = payload;
  const handle = organization.handleOf(author);
  const body = {
    type: 'block_actions',
    user: { id: author.id, username: handle, name: handle, team_id: teamOf(author) },
    api_app_id: APP,
    token: 'deprecated',
    container,
    trigger_id: triggerId(stamp),
    team: { id: TEAM, domain: TEAM_DOMAIN },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: channel, name: channelName(channel) },
    message: { ...content, type: 'message', user: BOT, bot_id: BOT_ID, app_id: APP, team: TEAM, ts, ...inThread },
    state: { values: state },
    response_url: responseUrl,
    actions: [{ ...element, block_id: block.block_id, action_ts: `${Math.floor(stamp.now / 1000)}.000000` }],
  };
  return formCallback({ payload: JSON.stringify(body) });
}

function channelName(channel: string): string {
  return channel.startsWith('D') ? 'directmessage' : CHANNEL_NAME;
}

function formCallback(form: Record<string, string>): SlackCallback {
  const body = new URLSearchParams(form).toString();
  return { body, type: 'application/x-www-form-urlencoded', isEvent: false };
}

/** The real one opens a modal for three seconds; here it is only an id. */
function triggerId({ number, now }: Stamp): string {
  return `${now}.${number}.${'0'.repeat(24)}${number}`;
}
