import { type CallbackTemplate, type CallbackTemplates, conversationNumber } from '../callback-templates';
import type { Json } from '../json';
import type { Conversation } from '../workspace';
import { bodyOf, sign } from './callback';
import { found, SECRETS } from './organisation';

const SESSION_LIFE = 5_400_000;
const DOWNLOAD = 'abcdefghijklmnopqrstuvwxyz0123456789+/=';

/** Pressing types the words for the person, and a form is typed: both come as texts. */
export function createCallbackTemplates(): CallbackTemplates {
  const [somebody] = found().people;
  if (!somebody) throw new Error('Nobody works here.');
  const kind = (kind: Conversation['kind'], contentOf: (number: number) => Json): CallbackTemplate => ({
    build: (number, at) =>
      bodyOf({
        ...{ id: `msg${number}==`, at, by: somebody, called: [], content: contentOf(number) },
        talk: {
          id: `cid${kind}${conversationNumber(number)}==`,
          kind,
          name: '云上运维',
          members: [],
          tabs: [],
          posts: [],
        },
        session: { url: `https://oapi.dingtalk.com/robot/sendBySession?session=${number}`, until: at + SESSION_LIFE },
      }),
    sign: sign,
  });
  return {
    platform: 'dingtalk',
    secrets: SECRETS,
    templates: {
      text: kind('group', (number) => text(` 工单 ${number}`)),
      press: kind('direct', (number) => text(`关闭工单 ${number}`)),
      form: kind('group', (number) => text(` 提工单\nsubject: 数据库 ${number}\nbody: 连不上\nseverityCode: low`)),
      picture: kind('group', (number) => ({
        msgtype: 'richText',
        content: { richText: [{ text: `@Casebell 看 ${number}` }, { downloadCode: DOWNLOAD, type: 'picture' }] },
      })),
      file: kind('direct', (number) => ({
        msgtype: 'file',
        content: { downloadCode: DOWNLOAD, fileName: `日志${number}.txt` },
      })),
    },
  };
}

const text = (content: string): Json => ({ msgtype: 'text', text: { content } });
