import { objectsAt, stringsAt, textAt } from '../json';

import type { ApiRequest, Conversation } from '../workspace';
import { type ApiReply, done, INVALID, refuse } from './api-reply';
import { talk as newTalk, type Office, SECRETS } from './office';

const TEN_HOURS = 36_000_000;
const MOST_PEOPLE = 50;
const MOST_TABS = 20;
const LONGEST = 60;
const STRANGERS = refuse(232043, 'Your request contains unavailable ids.');
const EXTERNAL = refuse(
  232033,
  'The operator or invited bots does NOT have the authority to manage external chats without the scope.',
);

/** POST im/v1/chats: page "创建群". The name may have 60 characters by recommendation, here by law. */
export function openChats(office: Office): (call: ApiRequest) => ApiReply {
  const known = new Map<string, { at: number; talk: Conversation }>();
  function open({ payload }: ApiRequest): Conversation {
    const people = stringsAt(payload, 'user_id_list').map(office.personOf);
    const talk = newTalk(office.newId('oc_'), 'group', textAt(payload, 'name') || '(无主题)', people);
    office.talks.push(talk);
    office.botIn.add(talk.id);
    office.onChange(talk);
    return talk;
  }

  return (call) => {
    const uuid = call.url.searchParams.get('uuid') ?? '';
    const before = known.get(uuid);
    if (uuid && before && office.now() - before.at < TEN_HOURS) return describe(before.talk);
    const objection = objectionToChat(call, uuid) ?? objectionToPeople(office, stringsAt(call.payload, 'user_id_list'));
    if (objection) return objection;
    const talk = open(call);
    known.set(uuid, { at: office.now(), talk });
    return describe(talk);
  };
}

function objectionToChat({ url, payload }: ApiRequest, uuid: string): ApiReply | undefined {
  if (uuid.length > 50 || url.searchParams.get('user_id_type') !== 'open_id') return INVALID;
  return textAt(payload, 'name').length > LONGEST || textAt(payload, 'description').length > 100 ? INVALID : undefined;
}

/** POST im/v1/chats/:chat_id/members: page "将用户或机器人拉入群聊". */
export function invite(office: Office, talk: Conversation, { payload }: ApiRequest): ApiReply {
  const people = stringsAt(payload, 'id_list');
  const objection = objectionToPeople(office, people);
  if (objection) return objection;
  talk.members.push(...people.filter((id) => !talk.members.includes(id)));
  office.onChange(talk);
  return done({ invalid_id_list: [], not_existed_id_list: [], pending_approval_id_list: [] });
}

/** GET im/v1/chats/:chat_id/chat_tabs/list_tabs: the first is the chat itself. */
export function listTabs(_office: Office, talk: Conversation): ApiReply {
  const own = talk.tabs.map(({ label, url }, at) => {
    return { tab_id: `710121460362294${1000 + at}`, tab_name: label, tab_type: 'url', tab_content: { url } };
  });
  return done({ chat_tabs: [{ tab_id: '7101214603622940000', tab_type: 'message' }, ...own] });
}

/** POST im/v1/chats/:chat_id/chat_tabs: page "添加会话标签页". */
export function addTabs(office: Office, talk: Conversation, { payload }: ApiRequest): ApiReply {
  const tabs = objectsAt(payload, 'chat_tabs');
  if (tabs.length === 0 || tabs.some((tab) => textAt(tab, 'tab_type') !== 'url')) return INVALID;
  if (talk.tabs.length + tabs.length > MOST_TABS)
    return refuse(232046, 'The number of chat tabs has reached the limit.');
  if (tabs.some((tab) => textAt(tab, 'tab_name').length > LONGEST))
    return refuse(232047, 'The length of the tab name reaches the limit.');
  const urls = tabs.map((tab) => textAt(tab, 'tab_content', 'url'));
  if (!urls.every((url) => /^https?:\/\//.test(url))) return refuse(232048, 'The chat tab content is illegal.');
  talk.tabs.push(...tabs.map((tab, at) => ({ label: textAt(tab, 'tab_name'), url: urls[at] ?? '' })));
  office.onChange(talk);
  return listTabs(office, talk);
}

function objectionToPeople(office: Office, ids: readonly string[]): ApiReply | undefined {
  if (ids.length > MOST_PEOPLE) return INVALID;
  const people = ids.map((id) => office.people.find((person) => person.id === id));
  if (people.includes(undefined)) return STRANGERS;
  return people.some((person) => person?.external) ? EXTERNAL : undefined;
}

function describe({ id, name }: Conversation): ApiReply {
  const kind = { chat_mode: 'group', chat_type: 'private', chat_tag: 'inner', external: false };
  return done({ chat_id: id, name, ...kind, tenant_key: SECRETS.tenantKey });
}
