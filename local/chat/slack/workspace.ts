import { isObject } from '../json';
import type { ApiRequest, Workspace, WorkspaceOptions } from '../workspace';
import { openArchive, type Saying } from './archive';
import { openCabinet } from './cabinet';
import { changedEvent, messageEvent } from './event-letters';
import { openFilesHost } from './files-host';
import { PEOPLE, SECRETS } from './organisation';
import { openPeople } from './people';
import { openPostman } from './postman';
import { openResponseUrls } from './response-urls';
import { subscribe } from './subscribe';
import { openTroubles, spoilt } from './trouble';
import { type ApiAnswer, openWebApi } from './web-api';

/** A Slack workspace with our app in it, and one channel that is shared with another organisation (Slack Connect). */
export function createWorkspace({ now, onChange, rate = () => 1 }: WorkspaceOptions): Workspace {
  const cabinet = openCabinet(now);
  const archive = openArchive(now, onChange, cabinet);
  const postman = openPostman({ secret: SECRETS.signingSecret, now, rate });
  const outside = new Set<string>();
  const troubles = openTroubles();
  const rejections: { path: string; status: number; body: unknown }[] = [];
  let count = 0;
  const stamp = () => ({ number: ++count, now: now() });
  /** The bot hears itself, as it does in Slack. */
  const told = (saying: Saying) => {
    if (!outside.has(saying.channel)) void postman.deliver(messageEvent(saying, undefined, stamp()));
  };
  const responses = openResponseUrls(now, (payload, channel, thread) =>
    told(archive.keep({ payload, channel, by: 'bot', ...(thread && { thread }) })),
  );
  const revised = (saying: Saying) => {
    if (!outside.has(saying.channel)) void postman.deliver(changedEvent(saying, stamp()));
  };
  const hosts: Readonly<Record<string, (call: ApiRequest) => ApiAnswer>> = {
    'slack.com': openWebApi({ archive, cabinet, outside, told, changed: revised }),
    'files.slack.com': openFilesHost(cabinet, outside),
  };
  return {
    platform: 'slack',
    secrets: SECRETS,
    users: PEOPLE,
    conversations: archive.talks,
    deliveries: postman.deliveries,
    rejections,
    injectFault: troubles.add,
    subscribe: (url) => subscribe(url, postman),
    owns,
    async handleApiRequest(call) {
      const trouble = troubles.take(call);
      const answer = spoilt(trouble, call) ?? (hosts[call.url.hostname] ?? responses.answer)(call);
      if (answer === 'silent' || trouble === 'lost') return answer === 'silent' ? answer : 'cut';
      if (!isYes(answer)) rejections.push({ path: call.url.pathname, status: answer.status, body: answer.body });
      return answer;
    },
    ...openPeople({ archive, cabinet, postman, outside, responses, stamp }),
    close: () => postman.close(),
  };
}

function owns({ hostname, pathname }: URL): boolean {
  if (hostname === 'hooks.slack.com') return /^\/(commands|actions)\//.test(pathname);
  if (hostname === 'files.slack.com') return /^\/(files-pri|upload)\//.test(pathname);
  return hostname === 'slack.com' && pathname.startsWith('/api/');
}

function isYes({ status, body }: ApiAnswer): boolean {
  if (status !== 200) return false;
  return isObject(body) ? body.ok === true || body instanceof Uint8Array : /^ok\b/i.test(String(body));
}
