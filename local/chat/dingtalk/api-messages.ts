import { isObject, type Json, objectsAt, parseObject, stringsAt, textAt } from '../json';
import type { ApiRequest, ApiResponse, Conversation } from '../workspace';
import { reject } from './errors';
import type { MediaStore, Medium } from './file-store';
import { type DingTalkState, newId, SECRETS } from './state';

/** Of `msgParam`: "the-robot-sends-a-group-message". */
const MAX_BYTES = 15_000;
/** "chatbots-send-one-on-one-chat-messages-in-batches": 20 for the parameter, but 100 in its table of errors. */
const MAX_USERS = 20;

interface MessageContext {
  readonly state: DingTalkState;
  readonly media: MediaStore;
}

/** A checked message: the payload, its content in the format of a webhook, and its files. */
interface ParsedMessage {
  readonly payload: Json;
  readonly message: Json;
  readonly files: readonly Medium[];
}

/** "the-robot-sends-a-group-message". */
export function sendToGroup(request: ApiRequest, context: MessageContext): ApiResponse {
  const parsed = parseMessage(request, context.media);
  if ('status' in parsed) return parsed;
  const { payload, message, files } = parsed;
  const id = textAt(payload, 'openConversationId');
  if (!id) return reject(400, 'miss.openConversationId', '缺少openConversationId');
  const group = context.state.conversations.find((each) => each.kind === 'group' && each.id === id);
  if (!group) return reject(400, 'invalid.openConversationId', '无效的openConversationId');
  context.state.addBotPost(group, message, payload, files);
  return { status: 200, body: { processQueryKey: newId() } };
}

/** "chatbots-send-one-on-one-chat-messages-in-batches": unknown users are listed in a successful response. */
export function sendToUsers(request: ApiRequest, context: MessageContext): ApiResponse {
  const parsed = parseMessage(request, context.media);
  if ('status' in parsed) return parsed;
  const { payload, message, files } = parsed;
  const ids = stringsAt(payload, 'userIds');
  if (ids.length === 0) return reject(400, 'invalidParameter.userIds.empty', '用户userId列表为空');
  if (ids.length > MAX_USERS) return reject(400, 'invalidParameter.userIds.overMax', '用户userId列表超过最大限制');
  for (const direct of ids.flatMap((id) => directChatOf(id, context.state) ?? [])) {
    context.state.addBotPost(direct, message, payload, files);
  }
  const invalidStaffIdList = ids.filter((id) => !directChatOf(id, context.state));
  return { status: 200, body: { processQueryKey: newId(), invalidStaffIdList, flowControlledStaffIdList: [] } };
}

/** Guests have no user id. */
function directChatOf(id: string, { users, conversations }: DingTalkState): Conversation | undefined {
  const user = users.find((each) => each.id === id && !each.external);
  return user && conversations.find((each) => each.kind === 'direct' && each.members.includes(id));
}

/** The order of the checks is not documented. */
function parseMessage({ payload }: ApiRequest, media: MediaStore): ParsedMessage | ApiResponse {
  if (!payload) return reject(400, 'invalidParameter.msgBody.invalid', 'body必须是JSON');
  const robotCode = textAt(payload, 'robotCode');
  if (!robotCode) return reject(400, 'invalidParameter.robotCode.missing', '缺少robotCode');
  if (robotCode !== SECRETS.appKey) {
    const text = '此应用appkey和机器人robotCode不匹配，请使用机器人应用的appkey';
    return reject(400, 'invalidParameter.robotCode.auth', text);
  }
  const msgKey = textAt(payload, 'msgKey');
  if (!msgKey) return reject(400, 'invalidParameter.msgKey.empty', '缺少msgKey');
  if (!Object.hasOwn(TEMPLATES, msgKey)) return reject(400, 'invalidParameter.msgKey.invalid', 'msgKey无效');
  const bytes = Buffer.from(textAt(payload, 'msgParam'));
  const param = parseObject(bytes);
  if (!isObject(param)) return reject(400, 'invalidParameter.msgParam.invalid', 'msgParam必须是json格式');
  if (bytes.length > MAX_BYTES) return reject(400, 'invalidParameter.msgParam.tooLong', '消息内容太长');
  const message = TEMPLATES[msgKey]?.(param) ?? {};
  const error = contentError(message);
  if (error) return reject(400, error, '消息内容不合法');
  const files = filesIn(message, media);
  return files ? { payload, message, files } : reject(400, 'invalidParameter.param.invalid', '参数不合法');
}

/** The uploads that a message shows; undefined if one is unknown. The code for that is a guess. */
function filesIn(message: Json, media: MediaStore): readonly Medium[] | undefined {
  const id = textAt(message, 'image', 'photoURL') || textAt(message, 'file', 'mediaId');
  if (!id || /^https?:/.test(id)) return [];
  const medium = media.find(id);
  return medium && [{ ...medium, name: textAt(message, 'file', 'fileName') || medium.name }];
}

/** "robot-message-type", as far as the bot uses it; codes: "the-robot-sends-a-group-message". */
const TEMPLATES: Readonly<Record<string, (param: Json) => Json>> = {
  sampleText: ({ content }) => ({ msgtype: 'text', text: { content } }),
  sampleMarkdown: ({ title, text }) => ({ msgtype: 'markdown', markdown: { title, text } }),
  sampleActionCard: ({ title, text, singleTitle, singleURL }) => ({
    msgtype: 'actionCard',
    actionCard: { title, text, singleTitle, singleURL },
  }),
  sampleActionCard2: (param) => cardWithButtons(param, 2),
  sampleActionCard3: (param) => cardWithButtons(param, 3),
  sampleActionCard4: (param) => cardWithButtons(param, 4),
  sampleActionCard5: (param) => cardWithButtons(param, 5),
  sampleImageMsg: ({ photoURL }) => ({ msgtype: 'image', image: { photoURL } }),
  sampleFile: (file) => ({ msgtype: 'file', file }),
};

function cardWithButtons(param: Json, count: number): Json {
  const btns = Array.from({ length: count }, (_, at) => ({
    title: param[`actionTitle${at + 1}`],
    actionURL: param[`actionURL${at + 1}`],
  }));
  return { msgtype: 'actionCard', actionCard: { title: param.title, text: param.text, btns } };
}

/** `sampleFile` accepts these; in logs of 2026 other types pass, but cannot be opened on a phone. */
const FILE_TYPES = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

type Required = Readonly<Record<string, string>>;

/** Required fields and the code of each, by message type. */
const REQUIRED: Readonly<Record<string, Required>> = {
  text: { content: 'miss.param.contentOfText' },
  markdown: { title: 'miss.param.markdownTotitle', text: 'miss.param.markdownTotext' },
  actionCard: { title: 'miss.param.actionCardTotitle', text: 'miss.param.actionCardTotext' },
  image: { photoURL: 'miss.param.photoTophotoUrl' },
  file: { mediaId: 'miss.param.file', fileName: 'miss.param.file', fileType: 'miss.param.file' },
};
const REQUIRED_BUTTON: Required = {
  title: 'miss.param.actionCardTobtnsTotitle',
  actionURL: 'miss.param.actionCardTobtnsToactionUrl',
};
const REQUIRED_SINGLE_BUTTON: Required = {
  singleTitle: 'miss.param.actionCardTosingleTitle',
  singleURL: 'miss.param.actionCardTosingleUrl',
};

/** The code of what is missing; undefined if the message is complete. */
function contentError(message: Json): string | undefined {
  const msgtype = textAt(message, 'msgtype');
  const content = message[msgtype];
  return missingIn(content, REQUIRED[msgtype] ?? {}) ?? buttonError(msgtype, content) ?? fileError(msgtype, content);
}

function buttonError(msgtype: string, card: unknown): string | undefined {
  if (msgtype !== 'actionCard') return undefined;
  const buttons = objectsAt(card, 'btns');
  if (buttons.length === 0) return missingIn(card, REQUIRED_SINGLE_BUTTON);
  return buttons.map((button) => missingIn(button, REQUIRED_BUTTON)).find((code) => code !== undefined);
}

/** The code is not documented. */
function fileError(msgtype: string, file: unknown): string | undefined {
  const isSupported = msgtype !== 'file' || FILE_TYPES.includes(textAt(file, 'fileType'));
  return isSupported ? undefined : 'invalidParameter.msg.unsupport';
}

function missingIn(content: unknown, required: Required): string | undefined {
  return Object.entries(required).find(([field]) => !textAt(content, field))?.[1];
}
