import type { Json } from '../../local/chat/json';
import { type Path, valueAt } from './paths.fixture';
import type { Sample } from './sample.fixture';

/** Where a callback says for whom it is, and from where. */
export interface Line {
  path: Path;
  /** Whether nothing may stand there, too, because something else says the same. */
  optional?: true;
}

type Lines = Readonly<Record<string, readonly Line[]>>;

const FEISHU_HEAD = ['token', 'app_id', 'tenant_key'].map((name) => ({ path: ['header', name] }));
const FEISHU: Lines = {
  text: [...FEISHU_HEAD, { path: ['event', 'sender', 'tenant_key'] }],
  file: [...FEISHU_HEAD, { path: ['event', 'sender', 'tenant_key'] }],
  press: [...FEISHU_HEAD, { path: ['event', 'operator', 'tenant_key'] }],
  form: [...FEISHU_HEAD, { path: ['event', 'operator', 'tenant_key'] }],
  handshake: [{ path: ['token'] }],
};
const SLACK_PRESS: readonly Line[] = [
  { path: ['api_app_id'] },
  { path: ['user', 'team_id'] },
  { path: ['team', 'id'], optional: true },
];
/** Without authorizations, `team_id` says it. */
const SLACK_EVENT: readonly Line[] = [
  { path: ['api_app_id'] },
  { path: ['authorizations', '0', 'team_id'], optional: true },
];
const DINGTALK: readonly Line[] = ['robotCode', 'chatbotCorpId', 'senderCorpId'].map((name) => ({ path: [name] }));

const ADDRESSES: Readonly<Record<string, Lines>> = {
  dingtalk: { text: DINGTALK, press: DINGTALK, form: DINGTALK, picture: DINGTALK, file: DINGTALK },
  feishu: FEISHU,
  'plain feishu': FEISHU,
  slack: {
    ...{ text: SLACK_EVENT, file: SLACK_EVENT, press: SLACK_PRESS, form: SLACK_PRESS },
    slash: [{ path: ['api_app_id'] }, { path: ['team_id'] }],
    handshake: [],
  },
};

export const addressOf = ({ from, kindName }: Sample): readonly Line[] => ADDRESSES[from]?.[kindName] ?? [];

/** Whether this names the same app, organisation and token as the sample did. */
export function isForUs(sample: Sample, content: Json): boolean {
  return addressOf(sample).every(({ path, optional }) => {
    const found = valueAt(content, path);
    return found === valueAt(sample.content, path) || (optional === true && typeof found !== 'string');
  });
}
