import type { ApiRequest } from '../workspace';
import type { Cabinet } from './cabinet';
import { SECRETS, TEAM_DOMAIN } from './organisation';
import type { ApiAnswer } from './web-api';

/** What `files.slack.com` answers: bytes to whom the token lets in, and a nod to who knows the address of an upload. */
export function openFilesHost(cabinet: Cabinet, outside: ReadonlySet<string>): (call: ApiRequest) => ApiAnswer {
  return (call) => (call.url.pathname.startsWith('/upload/') ? take(call, cabinet) : give(call, cabinet, outside));
}

const FILE = /^\/files-pri\/\w+-(F\w+)\/(?:download\/)?[^/]+$/;

/** Who is not let in is led to the login page: slackapi/deno-slack-sdk#285. */
function give({ url, headers }: ApiRequest, cabinet: Cabinet, outside: ReadonlySet<string>): ApiAnswer {
  const [, id = ''] = FILE.exec(url.pathname) ?? [];
  const file = cabinet.find(id);
  const isIn = headers.authorization === `Bearer ${SECRETS.botToken}` && !outside.has(file?.channel ?? '');
  if (!isIn) {
    const location = `https://${TEAM_DOMAIN}.slack.com/?redir=${encodeURIComponent(url.pathname)}`;
    return { status: 302, body: `<a href="${location}">Found</a>.`, headers: { location } };
  }
  if (!file) return { status: 404, body: '<!DOCTYPE html><title>Not found</title>' };
  const { mimetype, bytes } = file;
  return { status: 200, body: bytes, headers: { 'content-type': mimetype, 'content-length': String(bytes.length) } };
}

/** That a non-200 is a failure is all that "files.getUploadURLExternal" says; which one, and what for, is a guess. */
function take({ method, url, body }: ApiRequest, cabinet: Cabinet): ApiAnswer {
  const upload = cabinet.uploadAt(url.pathname);
  if (!upload || method !== 'POST') return { status: 404, body: 'Not Found' };
  if (body.length !== upload.length) return { status: 400, body: 'Bad Request' };
  upload.bytes = body;
  return { status: 200, body: `OK - ${body.length}` };
}
