import type { ErrorRow, ErrorTable } from '../errors';

const BUSY: ErrorRow = { reason: 'too many calls of this app', retryable: true, retryAfterSeconds: 1, throttled: true };
const TOO_LONG: ErrorRow = { reason: 'the message is too long for it', payloadRejected: true };
const SECRET: ErrorRow = {
  reason: 'it does not know this appId with this appSecret; copy both again from the developer console',
};
export const STALE: ErrorRow = { reason: 'it does not accept its own token any more', retryable: true };
export const NO_BOT: ErrorRow = {
  reason: 'the app is not a bot; add the bot ability in the developer console and release a version',
};
const NOT_THERE: ErrorRow = { reason: 'the bot is not in this group; add it in the group settings' };
const GONE: ErrorRow = { reason: 'this group was dissolved' };
const UNAVAILABLE: ErrorRow = {
  reason:
    'the app is not available to somebody there; widen its availability in the developer console and release a version',
};
const SILENCED: ErrorRow = { reason: 'the bot may not speak there; check who may speak in the group settings' };
const SCOPES =
  'im:message:send_as_bot, im:message:readonly, im:resource, im:chat, im:chat.tabs:read, im:chat.tabs:write_only, contact:user.id:readonly';
const EXTERNAL: ErrorRow = {
  reason: 'this app may not manage groups with people of other organisations; leave them out',
};
const OFF: ErrorRow = { reason: 'the app is switched off in this organisation; let an administrator enable it' };

/** Codes of open.feishu.cn: pages "通用错误码", "发送消息", "创建群", "添加会话标签页" and "将用户或机器人拉入群聊". */
export const ERRORS: ErrorTable = {
  '2200': { reason: 'it has an internal error', retryable: true, outcomeUnknown: 'unclear' },
  '10003': SECRET,
  '10014': SECRET,
  '10015': SECRET,
  '11205': NO_BOT,
  '230001': { reason: 'it did not understand the message or does not know the chat', payloadRejected: true },
  '230002': NOT_THERE,
  '230006': NO_BOT,
  '230013': UNAVAILABLE,
  '230018': SILENCED,
  '230020': { ...BUSY, reason: 'too many messages in this chat' },
  '230022': { reason: 'it found a sensitive word in the message' },
  '230025': TOO_LONG,
  '230027': { reason: `the app lacks a permission; grant it ${SCOPES} and release a version` },
  '230028': { reason: 'the data protection of this organisation held it back; ask an administrator to allow it' },
  '230029': { reason: 'this person has left the organisation' },
  '230034': { reason: 'it does not know this chat' },
  '230035': SILENCED,
  '230038': { reason: 'it does not let apps write to people of other organisations' },
  '230049': {
    reason: 'this very message is being sent',
    retryable: true,
    outcomeUnknown: 'unclear',
    retryAfterSeconds: 1,
  },
  '230053': { reason: 'this person has muted the bot' },
  '230054': { reason: 'this group takes no cards', payloadRejected: true },
  '230075': { reason: 'it does not let apps write into encrypted chats' },
  '230099': { reason: 'it refuses the card', payloadRejected: true },
  '232006': { reason: 'it does not know this chat' },
  '232009': GONE,
  '232011': NOT_THERE,
  '232017': { reason: 'the bot is not an administrator of this group; let the owner make it one' },
  '232019': { ...BUSY, reason: 'too many changes of this group' },
  '232023': { reason: 'it found a sensitive word in the name of the group' },
  '232024': UNAVAILABLE,
  '232025': NO_BOT,
  '232033': EXTERNAL,
  '232034': OFF,
  '232043': UNAVAILABLE,
  '232046': { reason: 'the group has 20 tabs, which is all that it takes; remove one' },
  '232055': { reason: 'only administrators may pin tabs in this group; change that in the group settings' },
  '232068': { reason: 'this very group is being created', retryable: true, retryAfterSeconds: 1 },
  '99991400': BUSY,
  '99991401': { reason: 'the app allows only certain IP addresses; switch that off in its security settings' },
  '99991403': { reason: 'the calls of this month are used up; let an administrator upgrade the plan' },
  '99991661': STALE,
  '99991662': OFF,
  '99991663': STALE,
  '99991664': STALE,
  '99991665': STALE,
  '99991668': STALE,
  '99991671': STALE,
  '99991672': {
    reason: `the app lacks a permission; grant it ${SCOPES} in the developer console and release a version`,
  },
  '99991673': OFF,
};

/** For codes that are in no document, and where there is none. */
export const STATUSES: ErrorTable = {
  400: { reason: 'it did not understand the call', payloadRejected: true },
  401: STALE,
  403: { reason: 'it forbids the call; check the permissions of the app in the developer console' },
  404: { reason: 'it does not know this part of its API' },
  429: BUSY,
};
