import type { IncomingHttpHeaders } from 'node:http';
import { type Listener, listen } from './listener';

/** The service a request was signed for, or the one its X-Amz-Target names: never more of the headers than that. */
function serviceOf(headers: IncomingHttpHeaders): string {
  const [, signedFor] = /Credential=[^/,\s]+\/\d{8}\/[^/,\s]+\/([\w-]+)\//.exec(headers.authorization ?? '') ?? [];
  const [target] = /^[\w-]+/.exec(String(headers['x-amz-target'] ?? '')) ?? [];
  return signedFor ?? target ?? 'an unknown service';
}

/**
 * Stands behind AWS_ENDPOINT_URL: whatever has no emulator ends here with 501, so that nothing reaches the real AWS.
 * Clients do not retry a 501.
 */
export function startRefusing(log: (line: string) => void): Promise<Listener> {
  return listen((request, response) => {
    const service = serviceOf(request.headers);
    log(`aws: refused a call to ${service}: it has no emulator here.`);
    const body = JSON.stringify({ __type: 'NotImplemented', message: `${service} has no emulator on this machine.` });
    request.resume();
    response.writeHead(501, { 'content-type': 'application/json' }).end(body);
  });
}
