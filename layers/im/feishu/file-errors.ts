import type { ErrorTable } from '../errors';
import { NO_BOT } from './api-errors';

const GONE = { reason: 'this message was recalled or deleted' };

/** Codes of pages "获取消息中的资源文件", "上传文件", "上传图片" and "更新应用发送的消息卡片", and what "发送消息" says of files. */
export const FILE_ERRORS: ErrorTable = {
  '230011': GONE,
  '230017': { reason: 'the file is not one that this app has uploaded' },
  '230031': { reason: 'the message is over 14 days old, and stays as it is; say it anew' },
  '230036': { reason: 'the encryption key of this organisation was deleted; ask an administrator' },
  '230055': { reason: 'the file was uploaded as another kind than it is sent as', payloadRejected: true },
  '230110': GONE,
  '232096': { reason: 'it takes nothing in for the moment', retryable: true, retryAfterSeconds: 60 },
  '234001': { reason: 'it does not know this file, or does not understand the call', payloadRejected: true },
  '234002': {
    reason:
      'the app may not touch files; grant it im:message:readonly and im:resource in the developer console and release a version',
  },
  '234003': { reason: 'this file is not in this message (any more)' },
  '234004': { reason: 'the bot is not in the chat where this was shared; add it in the group settings' },
  '234006': {
    reason: 'the file is too large for it: a bot may send files of 30 MB and pictures of 10 MB',
    payloadRejected: true,
  },
  '234007': NO_BOT,
  '234009': { reason: 'bots may not do this in a group with people of other organisations' },
  '234010': { reason: 'it takes no empty file', payloadRejected: true },
  '234011': { reason: 'it does not know this kind of picture', payloadRejected: true },
  '234019': { reason: 'it could not look up what the app may do', retryable: true, retryAfterSeconds: 1 },
  '234037': {
    reason: 'the file is over 100 MB, which is the most that a bot is given; share it in parts, or as a link',
  },
  '234038': {
    reason: 'the message is confidential, or the group lets nothing be downloaded; share the file elsewhere',
  },
  '234039': { reason: 'the picture has too many pixels for it', payloadRejected: true },
  '234040': {
    reason:
      'the bot may not see what was said before it came; share the file again, or let new members see the history',
  },
  '234041': { reason: 'the encryption key of this organisation was deleted; ask an administrator' },
  '234042': { reason: 'the storage of this organisation is full or out of order; ask an administrator' },
  '234043': { reason: 'files in cards and in forwarded conversations are given to no bot; share the file itself' },
};
