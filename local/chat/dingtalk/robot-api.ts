import { isObject, type Json, parseObject, stringsAt, textAt } from '../json';
import type { ApiRequest, Conversation } from '../workspace';
import { type Board, newId } from './board';
import type { Media, Medium } from './media';
import { type Organisation, SECRETS } from './organisation';
import { type Reply, refuse } from './refusal';
import { isTemplate, readTemplate } from './template';

/** "the-robot-sends-a-group-message": `msgParam`, in bytes. */
const MOST_BYTES = 15_000;
/** "chatbots-send-one-on-one-chat-messages-in-batches" has 20 for the parameter, and 100 in its table of errors. */
const MOST_PEOPLE = 20;

/** Where messages are posted, and what there is to be seen in them. */
export interface Hall {
  organisation: Organisation;
  board: Board;
  media: Media;
}

type Post = (payload: Json, message: Json, files: readonly Medium[]) => Reply;

/** "the-robot-sends-a-group-message". */
export function sendToGroup(call: ApiRequest, { organisation, board, media }: Hall): Reply {
  return send(call, media, (payload, message, files) => {
    const id = textAt(payload, 'openConversationId');
    if (!id) return refuse(400, 'miss.openConversationId', '缺少openConversationId');
    const group = organisation.talks.find((talk) => talk.kind === 'group' && talk.id === id);
    if (!group) return refuse(400, 'invalid.openConversationId', '无效的openConversationId');
    board.fromBot(group, message, payload, files);
    return { status: 200, body: { processQueryKey: newId() } };
  });
}

/**
 * "chatbots-send-one-on-one-chat-messages-in-batches": whom it does not know it lists, in an answer that is otherwise a
 * yes.
 */
export function sendToPeople(call: ApiRequest, { organisation, board, media }: Hall): Reply {
  return send(call, media, (payload, message, files) => {
    const ids = stringsAt(payload, 'userIds');
    if (ids.length === 0) return refuse(400, 'invalidParameter.userIds.empty', '用户userId列表为空');
    if (ids.length > MOST_PEOPLE) return refuse(400, 'invalidParameter.userIds.overMax', '用户userId列表超过最大限制');
    for (const talk of ids.flatMap((id) => chatWith(id, organisation) ?? [])) {
      board.fromBot(talk, message, payload, files);
    }
    const invalidStaffIdList = ids.filter((id) => !chatWith(id, organisation));
    return { status: 200, body: { processQueryKey: newId(), invalidStaffIdList, flowControlledStaffIdList: [] } };
  });
}

/** What both have in common; the order of the checks is ours. */
function send({ payload }: ApiRequest, media: Media, post: Post): Reply {
  if (!payload) return refuse(400, 'invalidParameter.msgBody.invalid', 'body必须是JSON');
  const robotCode = textAt(payload, 'robotCode');
  if (!robotCode) return refuse(400, 'invalidParameter.robotCode.missing', '缺少robotCode');
  if (robotCode !== SECRETS.appKey) {
    return refuse(
      400,
      'invalidParameter.robotCode.auth',
      '此应用appkey和机器人robotCode不匹配，请使用机器人应用的appkey',
    );
  }
  const msgKey = textAt(payload, 'msgKey');
  if (!msgKey) return refuse(400, 'invalidParameter.msgKey.empty', '缺少msgKey');
  if (!isTemplate(msgKey)) return refuse(400, 'invalidParameter.msgKey.invalid', 'msgKey无效');
  const bytes = Buffer.from(textAt(payload, 'msgParam'));
  const param = parseObject(bytes);
  if (!isObject(param)) return refuse(400, 'invalidParameter.msgParam.invalid', 'msgParam必须是json格式');
  if (bytes.length > MOST_BYTES) return refuse(400, 'invalidParameter.msgParam.tooLong', '消息内容太长');
  const read = readTemplate(msgKey, param);
  if ('lacking' in read) return refuse(400, read.lacking, '消息内容不合法');
  const files = filesIn(read.message, media);
  return files ? post(payload, read.message, files) : refuse(400, 'invalidParameter.param.invalid', '参数不合法');
}

/** What a message shows of what was uploaded; undefined where that is something that never was. Which code that has is our reading. */
function filesIn(message: Json, media: Media): readonly Medium[] | undefined {
  const id = textAt(message, 'image', 'photoURL') || textAt(message, 'file', 'mediaId');
  if (!id || /^https?:/.test(id)) return [];
  const medium = media.find(id);
  return medium && [{ ...medium, name: textAt(message, 'file', 'fileName') || medium.name }];
}

/** A guest has no user id here. */
function chatWith(id: string, { people, talks }: Organisation): Conversation | undefined {
  const colleague = people.find((person) => person.id === id && !person.external);
  return colleague && talks.find((talk) => talk.kind === 'direct' && talk.members.includes(id));
}
