import type { CaseWorld } from './case-bot-world.fixture';

/** Values that are public in URLs or cards of their platform. */
const OPEN = ['appKey', 'corpId', 'appId', 'tenantKey', 'teamId'];

/** All that must not be in a log: the bot's secrets, the tokens that it gets with them, and the URLs that it may reply to. */
export async function secretsOf(world: CaseWorld, events: readonly unknown[]): Promise<string[]> {
  const given = world.chats.workspaces.flatMap(({ secrets }) =>
    Object.entries(secrets).flatMap(([name, value]) => (OPEN.includes(name) ? [] : [value])),
  );
  return [...given, ...(await tokensOf(world)), ...addressesIn(events)];
}

/** A platform returns the same token until it expires soon. */
async function tokensOf({ chats, workspace }: CaseWorld): Promise<string[]> {
  const ask = async (path: string, body: object, name: string): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${chats.url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return String(Object(await answer.json())[name]);
  };
  const { appKey, appSecret } = workspace('dingtalk').secrets;
  const { appId: app_id, appSecret: app_secret } = workspace('feishu').secrets;
  return Promise.all([
    ask('api.dingtalk.com/v1.0/oauth2/accessToken', { appKey, appSecret }, 'accessToken'),
    ask('open.feishu.cn/open-apis/auth/v3/tenant_access_token/internal', { app_id, app_secret }, 'tenant_access_token'),
  ]);
}

/** The secret part of session webhooks and response URLs that the worker received. */
function addressesIn(events: readonly unknown[]): string[] {
  const text = JSON.stringify(events).replaceAll('\\', '');
  const sessions = [...text.matchAll(/sendBySession\?session=(\w+)/g)].map(([, session = '']) => session);
  return [...sessions, ...(text.match(/hooks\.slack\.com\/(?:commands|actions)\/[\w/]+/g) ?? [])];
}
