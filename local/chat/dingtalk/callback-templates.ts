import { type CallbackTemplate, type CallbackTemplates, conversationNumber } from '../callback-templates';
import type { Json } from '../json';
import type { Conversation, User } from '../workspace';
import { messageEvent, signCallback } from './events';
import { SECRETS, USERS } from './state';

const SESSION_LIFETIME_MS = 5_400_000;
const DOWNLOAD_CODE = 'abcdefghijklmnopqrstuvwxyz0123456789+/=';

/** Pressing a button types its command, and a form is typed: both are texts. */
export function createDingTalkTemplates(): CallbackTemplates {
  const by = USERS[0] as User;
  const template = (kind: Conversation['kind'], content: (number: number) => Json): CallbackTemplate => ({
    build(number, at) {
      const id = `cid${kind}${conversationNumber(number)}==`;
      const url = `https://oapi.dingtalk.com/robot/sendBySession?session=${number}`;
      return messageEvent({
        ...{ id: `msg${number}==`, at, by, mentioned: [], content: content(number) },
        conversation: { id, kind, name: '云上运维', members: [], tabs: [], posts: [] },
        session: { url, expiresAt: at + SESSION_LIFETIME_MS },
      });
    },
    sign: signCallback,
  });
  return {
    platform: 'dingtalk',
    secrets: SECRETS,
    templates: {
      text: template('group', (number) => text(` 工单 ${number}`)),
      press: template('direct', (number) => text(`关闭工单 ${number}`)),
      form: template('group', (number) => text(` 提工单\nsubject: 数据库 ${number}\nbody: 连不上\nseverityCode: low`)),
      picture: template('group', (number) => {
        const picture = { downloadCode: DOWNLOAD_CODE, type: 'picture' };
        return { msgtype: 'richText', content: { richText: [{ text: `@Casebell 看 ${number}` }, picture] } };
      }),
      file: template('direct', (number) => ({
        msgtype: 'file',
        content: { downloadCode: DOWNLOAD_CODE, fileName: `日志${number}.txt` },
      })),
    },
  };
}

const text = (content: string): Json => ({ msgtype: 'text', text: { content } });
